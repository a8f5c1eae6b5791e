package io.usher.fieldwork;

/**
 * A record as a write left it.
 *
 * @param made whether there was none before
 */
record StoredDispenser(boolean made, DispenserView view) {}

package io.usher.transfer;

import java.security.SecureRandom;

/**
 * Which values a file had before, in eight bytes each: hashes of 64 bit under a seed of its own, of which two in a million values are the same
 * once in forty million files. It remembers four million values at most, and takes 64 MiB then; what comes later is found by the database.
 */
final class Seen {
    private static final int MOST = 4 << 20;
    private static final long PRIME = 0x9E3779B97F4A7C15L;

    private final long seed = new SecureRandom().nextLong();
    private long[] slots = new long[1 << 12];
    private int size;

    /** Whether it is new; notes it. @param kind of which values: two kinds never equal each other */
    boolean add(char kind, String value) {
        long hash = hash(kind, value);
        int slot = slot(hash);
        if (slots[slot] == hash) {
            return false;
        }
        if (size < MOST) {
            slots[slot] = hash;
            size++;
            grow();
        }
        return true;
    }

    private int slot(long hash) {
        int mask = slots.length - 1;
        int slot = (int) hash & mask;
        while (slots[slot] != 0 && slots[slot] != hash) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        if (size * 2 <= slots.length) {
            return;
        }
        long[] old = slots;
        slots = new long[old.length * 2];
        for (long hash : old) {
            if (hash != 0) {
                slots[slot(hash)] = hash;
            }
        }
    }

    /** Never 0, which is a free slot. */
    private long hash(char kind, String value) {
        long hash = (seed ^ kind) * PRIME;
        for (int i = 0; i < value.length(); i++) {
            hash = mixed(hash ^ value.charAt(i));
        }
        return hash == 0 ? 1 : hash;
    }

    /** The finaliser of splitmix64. */
    private static long mixed(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}

package io.usher.generation;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A generation as the user's admins see it.
 *
 * @param email the user's
 */
@Schema(name = "AdminGeneration")
record AdminGenerationView(@JsonUnwrapped GenerationView generation, String email) {}

package io.usher.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.usher.audit.AuditChanges.AuditChange;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an event may hold of what changed. */
class AuditChangesTest {
    @Test
    void harmlessFieldsHaveTheirValues() {
        AuditChanges changes = AuditChanges.of("status", AuditOrigin.Kind.USER, "active")
                .with("roles", List.of(), List.of("auditor"))
                .with("limit", 3L, null)
                .with("expiresAt", null, Instant.parse("2026-11-24T00:00:00Z"));

        assertThat(changes.json())
                .isEqualTo("[{\"field\":\"status\",\"old\":\"user\",\"new\":\"active\"},"
                        + "{\"field\":\"roles\",\"old\":[],\"new\":[\"auditor\"]},"
                        + "{\"field\":\"limit\",\"old\":3,\"new\":null},"
                        + "{\"field\":\"expiresAt\",\"old\":null,\"new\":\"2026-11-24T00:00:00Z\"}]");
    }

    @Test
    void allOthersHaveTheirNamesOnly() {
        AuditChanges changes = AuditChanges.of("name", "Ada", "Grace")
                .with("email", "ada@example.com", "grace@example.com")
                .with("passwordHash", "old", "new");

        assertThat(changes.json())
                .isEqualTo("[{\"field\":\"name\"},{\"field\":\"email\"},{\"field\":\"passwordHash\"}]");
        assertThat(changes.toString()).doesNotContain("Ada", "grace@example.com", "old=old");
    }

    @Test
    void noWayLeadsAroundThat() {
        AuditChanges changes = new AuditChanges(List.of(new AuditChange("notes", "confidential", "secret")));

        assertThat(changes.json()).isEqualTo("[{\"field\":\"notes\"}]");
    }

    @Test
    void everyActionIsReadAsItIsWritten() {
        for (AuditAction action : AuditAction.values()) {
            assertThat(AuditAction.of(action.value())).isEqualTo(action);
            assertThat(action.value()).matches("[a-z]+\\.[a-z]+(-[a-z]+)*");
        }
        assertThat(AuditAction.USER_PASSWORD_RESET.value()).isEqualTo("user.password-reset");
    }
}

package io.usher.user;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.usher.web.EmailAddress;
import io.usher.web.Emails;
import io.usher.web.PresentFields;
import io.usher.web.SnakeCaseToo;
import io.usher.web.Username;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A user as files carry it, out and in; the order of the components is that of the columns. What may stand in them is what POST /api/users
 * takes.
 *
 * @param isActive whether the status is {@code active}; read where there is no status
 * @param isDeleted whether there is a time of deletion; read where there is none
 * @param roles custom roles
 * @param passwordHash bcrypt
 * @param present which of them a file has: others stay as they are
 */
@SnakeCaseToo
@RegisterForReflection
@Schema(name = "FileUser", description = "Names in snake case are read as well: is_active, created_at, …")
public record FileUser(
        @Nullable UUID id,
        @NotNull @EmailAddress String email,
        @Nullable Boolean isActive,
        @Nullable Boolean isDeleted,
        @Nullable Instant createdAt,
        @Nullable Instant updatedAt,
        @Nullable Instant lastLoginAt,
        @Username @Nullable String username,
        @Size(max = 200) @Nullable String name,
        @Size(max = 200) @Nullable String friendlyName,
        @EmailAddress @Nullable String notificationEmail,
        @Nullable UserType userType,
        @Nullable Boolean superAdmin,
        @Size(max = 50) @Nullable List<@Size(max = 32) String> roles,
        @Nullable UserStatus status,
        @Nullable Boolean emailVerified,
        @Size(max = 40) @Nullable String phone,
        @Size(max = 500) @Nullable String address,
        @Size(max = 100) @Nullable String city,
        @Size(max = 100) @Nullable String state,
        @Size(max = 20) @Nullable String zipCode,
        @Size(max = 100) @Nullable String country,
        @Size(max = 500) @Nullable String businessSite,
        @Size(max = 20) @Nullable List<@Size(min = 1, max = 500) String> additionalWebsites,
        @Size(max = 100) @Nullable String businessType,
        @Nullable LeadStatus leadStatus,
        @Size(max = 10_000) @Nullable String notes,
        @Nullable Instant lastUsedAt,
        @Nullable Instant deletedAt,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Size(max = 100) @Nullable
        String passwordHash,

        @JsonIgnore @Schema(hidden = true) @PresentFields Set<String> present) {

    public FileUser {
        email = email == null ? email : Emails.normalise(email);
        username = stripped(username);
        name = stripped(name);
        friendlyName = stripped(friendlyName);
        notificationEmail = stripped(Emails.normaliseOrNull(notificationEmail));
        phone = stripped(phone);
        address = stripped(address);
        city = stripped(city);
        state = stripped(state);
        zipCode = stripped(zipCode);
        country = stripped(country);
        businessSite = stripped(businessSite);
        businessType = stripped(businessType);
        notes = stripped(notes);
        passwordHash = stripped(passwordHash);
    }

    /** Whether the file says something about it, be it nothing. */
    public boolean has(String field) {
        return present.contains(field);
    }

    /** Blank text says as much as none, and is kept as none. */
    private static @Nullable String stripped(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    /** Without anything personal: records end up in logs. */
    @Override
    public String toString() {
        return "FileUser[" + id + "]";
    }
}

package io.usher.user;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.usher.security.PasswordPolicy;
import io.usher.security.Passwords;
import io.usher.security.SetsPassword;
import io.usher.web.EmailAddress;
import io.usher.web.Emails;
import io.usher.web.Username;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A user to create.
 *
 * @param password without one, the user is invited: it sets its own with the set-up token that the answer carries
 * @param status {@code active} with a password, {@code pending} without, unless given
 */
@Schema(name = "CreateUser")
record CreateUser(
        @NotNull @EmailAddress String email,

        @Schema(minLength = PasswordPolicy.MIN_CHARACTERS, maxLength = Passwords.MAX_BYTES) @Size(max = 1000) @Nullable
        String password,

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
        @Size(max = 10_000) @Nullable String notes)
        implements SetsPassword {

    CreateUser {
        email = email == null ? email : Emails.normalise(email);
        notificationEmail =
                notificationEmail == null || notificationEmail.isBlank() ? null : Emails.normalise(notificationEmail);
        username = username == null || username.isBlank() ? null : username.strip();
    }

    /** The same as a merge into a new user; what a new user has by itself is not among the fields that are there. */
    @JsonIgnore
    UserFields fields() {
        Set<String> present = new HashSet<>(FieldRights.PROFILE);
        present.addAll(Set.of("leadStatus", "notes"));
        add(present, "userType", userType != null && userType != UserType.CUSTOMER);
        add(present, "superAdmin", superAdmin != null && superAdmin);
        add(
                present,
                "roles",
                roles != null && !Set.of(UserType.CUSTOMER.value()).containsAll(roles));
        add(present, "status", status != null);
        add(present, "emailVerified", emailVerified != null);
        return new UserFields(
                email,
                null,
                username,
                name,
                friendlyName,
                notificationEmail,
                userType,
                superAdmin,
                roles,
                status,
                emailVerified,
                phone,
                address,
                city,
                state,
                zipCode,
                country,
                businessSite,
                additionalWebsites,
                businessType,
                leadStatus,
                notes,
                Set.copyOf(present));
    }

    private static void add(Set<String> present, String field, boolean there) {
        if (there) {
            present.add(field);
        }
    }

    @Override
    public Chosen chosen() {
        return new Chosen("password", password, email);
    }

    /** Without anything personal: records end up in logs. */
    @Override
    public String toString() {
        return "CreateUser[]";
    }
}

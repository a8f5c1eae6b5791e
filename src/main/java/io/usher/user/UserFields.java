package io.usher.user;

import io.usher.web.EmailAddress;
import io.usher.web.Emails;
import io.usher.web.MergeBody;
import io.usher.web.NotCleared;
import io.usher.web.PresentFields;
import io.usher.web.Username;
import jakarta.validation.constraints.Size;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A merge of a user: absent stays, null clears.
 *
 * @param currentPassword the caller's own password, which a new email address for oneself needs
 * @param roles custom roles; built-in ones may stand beside them as the view shows them, if they agree with the type
 */
@Schema(name = "UpdateUser")
@NotCleared({"email", "userType", "superAdmin", "status", "emailVerified"})
record UserFields(
        @EmailAddress @Nullable String email,
        @Size(max = 1000) @Nullable String currentPassword,
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
        @Schema(hidden = true) @PresentFields Set<String> present)
        implements MergeBody {

    UserFields {
        email = Emails.normaliseOrNull(email);
        username = trimmed(username);
        name = trimmed(name);
        friendlyName = trimmed(friendlyName);
        notificationEmail = trimmed(Emails.normaliseOrNull(notificationEmail));
        phone = trimmed(phone);
        address = trimmed(address);
        city = trimmed(city);
        state = trimmed(state);
        zipCode = trimmed(zipCode);
        country = trimmed(country);
        businessSite = trimmed(businessSite);
        businessType = trimmed(businessType);
        notes = trimmed(notes);
    }

    boolean has(String field) {
        return present.contains(field);
    }

    @Override
    public Set<String> cleared() {
        Map<String, @Nullable Object> required = new LinkedHashMap<>();
        required.put("email", email);
        required.put("userType", userType);
        required.put("superAdmin", superAdmin);
        required.put("status", status);
        required.put("emailVerified", emailVerified);
        return required.entrySet().stream()
                .filter(entry -> has(entry.getKey()) && Objects.isNull(entry.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Blank text says as much as none, and is kept as none. */
    private static @Nullable String trimmed(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    @Override
    public String toString() {
        return "UserFields" + present;
    }
}

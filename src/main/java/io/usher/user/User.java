package io.usher.user;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.UuidGenerator;
import org.jspecify.annotations.Nullable;

/** A customer or an admin. Never leaves the service: {@code UserView} does. */
@Entity
@Table(name = "users")
class User {
    @Id
    @UuidGenerator(style = UuidGenerator.Style.VERSION_7)
    UUID id;

    @Version
    long version;

    String email;

    @Nullable
    String username;

    @Nullable
    String name;

    @Column(name = "friendly_name")
    @Nullable
    String friendlyName;

    @Column(name = "notification_email")
    @Nullable
    String notificationEmail;

    @Enumerated(EnumType.STRING)
    @Column(name = "user_type")
    UserType userType = UserType.CUSTOMER;

    @Column(name = "super_admin")
    boolean superAdmin;

    @Enumerated(EnumType.STRING)
    UserStatus status = UserStatus.PENDING;

    @Column(name = "email_verified")
    boolean emailVerified;

    /** Modular crypt format, bcrypt. Null: never set, or reset by an admin. */
    @Column(name = "password_hash")
    @Nullable
    String passwordHash;

    @Column(name = "password_changed_at")
    @Nullable
    Instant passwordChangedAt;

    @Nullable
    String phone;

    @Nullable
    String address;

    @Nullable
    String city;

    @Nullable
    String state;

    @Column(name = "zip_code")
    @Nullable
    String zipCode;

    @Nullable
    String country;

    @Column(name = "business_site")
    @Nullable
    String businessSite;

    @Column(name = "additional_websites")
    String[] additionalWebsites = {};

    @Column(name = "business_type")
    @Nullable
    String businessType;

    @Enumerated(EnumType.STRING)
    @Column(name = "lead_status")
    @Nullable
    LeadStatus leadStatus;

    @Nullable
    String notes;

    /** The balance, changed only together with a row of the credit ledger, in SQL. */
    @Column(insertable = false, updatable = false)
    long credits;

    @Column(name = "created_at", updatable = false)
    Instant createdAt;

    @Column(name = "updated_at")
    Instant updatedAt;

    @Column(name = "last_login_at")
    @Nullable
    Instant lastLoginAt;

    @Column(name = "last_used_at")
    @Nullable
    Instant lastUsedAt;

    @Column(name = "deleted_at")
    @Nullable
    Instant deletedAt;

    /** Since when nobody can tell who it was: it is deleted for good. */
    @Column(name = "anonymized_at", insertable = false, updatable = false)
    @Nullable
    Instant anonymizedAt;

    /** What people call the user: its name, else its friendly name, else its username, else its email. */
    String displayName() {
        return UserView.displayName(name, friendlyName, username, email);
    }
}

package io.usher.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.usher.problem.FieldError;
import io.usher.problem.ProblemException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordPolicyTest {
    private final PasswordPolicy policy = new PasswordPolicy(new CommonPasswords());

    private List<String> broken(String password, String email) {
        try {
            policy.require("newPassword", password, email);
            return List.of();
        } catch (ProblemException e) {
            assertThat(e.errors()).allSatisfy(error -> assertThat(error.field()).isEqualTo("newPassword"));
            return e.errors().stream().map(FieldError::code).toList();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Korrekt-Pferd-7",
                "xK7mQ2pL",
                "Übung macht 1",
                "Three words 4 you",
                "Sunflower-Lamp-42",
                "Usher-Test-2026",
                "S3cure-pass-word"
            })
    void admitsGoodPasswords(String password) {
        assertThat(broken(password, "jo@example.com")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Ab1, too_short",
        "Ab1defg, too_short",
        "alllowercase1, too_weak",
        "ALLUPPERCASE1, too_weak",
        "NoDigitsInHere, too_weak",
        "Password1, too_common",
        "P4ssw0rd, too_common",
        "P@ssw0rd2024!, too_common",
        "Welcome123, too_common",
        "Qwerty12345, too_common",
        "1Qaz2wsx, too_common",
        "Abcd1234, too_common",
        "Summer2025!, too_common",
        "Usher2026!, too_common",
        "UsherAdmin1, too_common",
        "123Password, too_common",
        "Password123456789, too_common"
    })
    void refusesBadOnes(String password, String code) {
        assertThat(broken(password, "jo@example.com")).containsExactly(code);
    }

    @Test
    void namesEveryRuleThatIsBroken() {
        assertThat(broken("admin", null)).containsExactly("too_short", "too_weak", "too_common");
        assertThat(broken("é".repeat(37), null)).containsExactly("too_long", "too_weak");
    }

    @Test
    void countsCharactersNotBytesAtTheLowerEnd() {
        assertThat(broken("Aé1ßüöä", null)).containsExactly("too_short");
        assertThat(broken("A1b" + "😀".repeat(4), null)).containsExactly("too_short");
        assertThat(broken("A1b" + "😀".repeat(5), null)).isEmpty();
    }

    @Test
    void admits72BytesAndNoMore() {
        assertThat(broken("Aa1" + "xy".repeat(34) + "z", null)).isEmpty();
        assertThat(broken("Aa1" + "xy".repeat(35), null)).containsExactly("too_long");
    }

    @Test
    void refusesTheEmailAndItsLocalPart() {
        assertThat(broken("Jane.Doe7@Example.com", "jane.doe7@example.com")).containsExactly("contains_email");
        assertThat(broken("Jane.Doe7", "jane.doe7@example.com")).containsExactly("contains_email");
        assertThat(broken("Jane.Doe7-and-more", "jane.doe7@example.com")).isEmpty();
    }
}

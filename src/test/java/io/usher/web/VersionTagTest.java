package io.usher.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.usher.problem.ProblemCode;
import io.usher.problem.ProblemException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VersionTagTest {
    private static final VersionTag TAG = VersionTag.of(7, Instant.EPOCH, null, 12L);

    @Test
    void aTagChangesWithTheVersionAndWithEachPart() {
        assertThat(TAG).isEqualTo(VersionTag.of(7, Instant.EPOCH, null, 12L));
        assertThat(TAG.header()).matches("\"7-[A-Za-z0-9_-]{12}\"");
        assertThat(TAG.header())
                .isNotEqualTo(VersionTag.of(8, Instant.EPOCH, null, 12L).header())
                .isNotEqualTo(VersionTag.of(7, null, Instant.EPOCH, 12L).header())
                .isNotEqualTo(VersionTag.of(7, Instant.EPOCH, null, 13L).header());
    }

    @Test
    void aReaderThatHasTheViewIsKnown() {
        String tag = TAG.header();
        assertThat(TAG.isKnownBy(tag)).isTrue();
        assertThat(TAG.isKnownBy("W/" + tag)).isTrue();
        assertThat(TAG.isKnownBy("\"x\", " + tag)).isTrue();
        assertThat(TAG.isKnownBy("*")).isTrue();
        assertThat(TAG.isKnownBy(null)).isFalse();
        assertThat(TAG.isKnownBy("\"7-other\"")).isFalse();
        assertThat(TAG.isKnownBy("nonsense")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"7\"", "\"7-x\"", "W/\"7-x\"", "*", "\"6-x\", \"7-y\"", " \"6\" ,W/\"7\" "})
    void aWriterThatNamesTheVersionMayWrite(String ifMatch) {
        ExpectedVersion.parse(ifMatch).require(7);
    }

    @Test
    void withoutAConditionAnyVersionWillDo() {
        assertThat(ExpectedVersion.parse(null)).isEqualTo(ExpectedVersion.ANY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"6\"", "\"77\"", "\"x\"", "\"\"", "\"99999999999999999999\"", "\"-7\""})
    void aWriterThatNamesAnotherVersionMayNot(String ifMatch) {
        assertThatThrownBy(() -> ExpectedVersion.parse(ifMatch).require(7))
                .isInstanceOfSatisfying(
                        ProblemException.class, p -> assertThat(p.code()).isEqualTo(ProblemCode.VERSION_CONFLICT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "", "\"7", "7-x, \"7\"", "\"7\" \"8\"", "\"7\", x"})
    void whatIsNoListOfTagsIsRefused(String ifMatch) {
        assertThatThrownBy(() -> ExpectedVersion.parse(ifMatch))
                .isInstanceOfSatisfying(
                        ProblemException.class, p -> assertThat(p.code()).isEqualTo(ProblemCode.VALIDATION_FAILED));
    }
}

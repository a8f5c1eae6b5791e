package io.usher.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuotaSettingTest {
    @Test
    void readsDefaults() {
        assertThat(QuotaSetting.of("daily:50")).isEqualTo(new QuotaSetting(QuotaType.DAILY, 50L));
        assertThat(QuotaSetting.of(" weekly : 100 ")).isEqualTo(new QuotaSetting(QuotaType.WEEKLY, 100L));
        assertThat(QuotaSetting.of("unlimited")).isEqualTo(new QuotaSetting(QuotaType.UNLIMITED, null));
        assertThat(QuotaSetting.of("daily:0")).isEqualTo(new QuotaSetting(QuotaType.DAILY, 0L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "daily", "daily:", "daily:-1", "monthly:3", "unlimited:3", "daily:1000000000001", "50"})
    void refusesWhatIsNone(String text) {
        assertThatThrownBy(() -> QuotaSetting.of(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesNamesThatNoPathCouldHave() {
        QuotaConfig config = () -> Map.of("Image/1", "daily:5");

        assertThatThrownBy(() -> new QuotaDefaults(config)).hasMessageContaining("Image/1");
    }
}

package io.usher.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0.2.7",
        "::ffff:192.0.2.7, 192.0.2.7",
        "::FFFF:c000:207, 192.0.2.7",
        "2001:db8:1:2:3:4:5:6, 20010db800010002/64",
        "2001:db8:1:2::, 20010db800010002/64",
        "unknown, unknown"
    })
    void isAnAddressOrTheNetworkThatOneClientHasAllOf(String ip, String network) {
        assertThat(Network.of(ip)).isEqualTo(network);
    }

    @Test
    void twoClientsBehindAProxyThatWritesMappedAddressesAreTwo() {
        assertThat(Network.of("::ffff:192.0.2.7")).isNotEqualTo(Network.of("::ffff:192.0.2.8"));
    }
}

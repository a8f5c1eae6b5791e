package io.usher.ratelimit;

import io.netty.util.NetUtil;
import java.util.Arrays;
import java.util.HexFormat;

/** By what a client is counted that has no account. */
final class Network {
    private static final int IPV6_BYTES = 16;
    private static final int PREFIX_BYTES = 8;

    /** How an IPv4 address begins that is written as an IPv6 one: {@code ::ffff:192.0.2.7} (RFC 4291, section 2.5.5.2). */
    private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};

    private Network() {}

    /** An IPv4 address, or the /64 of an IPv6 one: whoever has one address of it has all of them. */
    static String of(String ip) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(ip);
        if (bytes == null || bytes.length != IPV6_BYTES) {
            return ip;
        }
        return isMapped(bytes)
                ? NetUtil.bytesToIpAddress(Arrays.copyOfRange(bytes, MAPPED.length, IPV6_BYTES))
                : HexFormat.of().formatHex(Arrays.copyOf(bytes, PREFIX_BYTES)) + "/64";
    }

    /** Some proxies write every IPv4 address like this: taken for an IPv6 network, all of them would be one. */
    private static boolean isMapped(byte[] bytes) {
        return Arrays.equals(bytes, 0, MAPPED.length, MAPPED, 0, MAPPED.length);
    }
}

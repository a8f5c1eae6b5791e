package io.usher.ratelimit;

import io.netty.util.NetUtil;
import java.util.Arrays;
import java.util.HexFormat;

/** By what a client is counted that has no account. */
final class Network {
    private static final int IPV6_BYTES = 16;
    private static final int PREFIX_BYTES = 8;

    private Network() {}

    /** An IPv4 address, or the /64 of an IPv6 one: whoever has one address of it has all of them. */
    static String of(String ip) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(ip);
        return bytes != null && bytes.length == IPV6_BYTES
                ? HexFormat.of().formatHex(Arrays.copyOf(bytes, PREFIX_BYTES)) + "/64"
                : ip;
    }
}

package io.usher.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The commands that clients send to the Redis of the tests, as its own MONITOR tells them; without what scripts do in there. */
public final class RedisTap implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 10_000;

    private final Socket monitored;
    private final Socket marking;
    private final BufferedReader lines;

    public RedisTap() {
        try {
            monitored = new Socket(InetAddress.getLoopbackAddress(), RealServers.redisPort());
            marking = new Socket(InetAddress.getLoopbackAddress(), RealServers.redisPort());
            monitored.setSoTimeout(PATIENCE_MILLIS);
            lines = new BufferedReader(new InputStreamReader(monitored.getInputStream(), StandardCharsets.UTF_8));
            say(monitored, "MONITOR");
            lines.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What was sent about our own keys since this was asked last. */
    public List<String> drain() {
        String marker = UUID.randomUUID().toString();
        List<String> commands = new ArrayList<>();
        try {
            say(marking, "ECHO " + marker);
            for (String line = lines.readLine(); line != null && !line.contains(marker); line = lines.readLine()) {
                if (line.contains("\"usher:") && !line.contains(" lua] ")) {
                    commands.add(line.substring(line.indexOf(']') + 2));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return commands;
    }

    private static void say(Socket socket, String command) throws IOException {
        socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    @Override
    public void close() {
        try (monitored) {
            marking.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

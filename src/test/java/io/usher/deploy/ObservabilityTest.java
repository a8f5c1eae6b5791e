package io.usher.deploy;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.usher.testing.Actors;
import io.usher.testing.Given;
import io.usher.testing.OpenApi;
import io.usher.testing.TestUser;
import io.usher.testing.UsherTest;
import io.usher.web.stream.EventStreams;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** The dashboard and the alerts name only what the running application exposes. */
@UsherTest
class ObservabilityTest {
    private static final Pattern SAMPLE = Pattern.compile("^([a-zA-Z_:][\\w:]*)(?:\\{(.*)})? \\S+$", Pattern.MULTILINE);
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"(?:[^\"\\\\]|\\\\.)*\"");
    private static final Pattern EXCEPTED = Pattern.compile("uri!~\"([^\"]*)\"");

    /** What takes as long as there are rows to it. */
    private static final List<String> LONG = List.of("/api/admin/users/export", "/api/admin/audit/verify");

    private static final Path FOLDER = Yaml.DEPLOY.resolve("observability");

    /** Prometheus's own. */
    private static final Map<String, Set<String>> SCRAPED = Map.of("up", Set.of());

    private static final Set<String> LABELS_OF_SCRAPING = Set.of("job", "instance");

    @Test
    void theDashboardShowsWhatThereIs() throws IOException {
        JsonNode dashboard =
                new JsonMapper().readTree(FOLDER.resolve("usher-dashboard.json").toFile());
        List<String> expressions = dashboard.findValuesAsText("expr");

        assertThat(expressions).hasSizeGreaterThan(20);
        assertExposed(expressions);
        assertThat(dashboard.path("panels").findValuesAsText("id")).doesNotHaveDuplicates();
    }

    @Test
    void theAlertsWatchWhatThereIs() {
        assertThat(alerts()).hasSizeGreaterThan(5);
        assertExposed(alerts());
    }

    @Test
    void theOperatorGetsTheSameAlerts() {
        JsonNode rule = Yaml.file("k8s/components/monitoring/prometheusrule.yaml");

        assertThat(rule.at("/spec/groups"))
                .isEqualTo(Yaml.file("observability/alerts.yaml").path("groups"));
    }

    @Test
    void prometheusScrapesWhatIsServed() {
        JsonNode scrape = Yaml.file("observability/prometheus.yaml").at("/scrape_configs/0");

        assertThat(scrape.path("metrics_path").asText()).isEqualTo("/q/metrics");
        assertThat(scrape.at("/static_configs/0/targets/0").asText()).isEqualTo("usher:" + Application.MANAGEMENT_PORT);
    }

    /** One {@code GET} that is a stream for a quarter of an hour would outweigh thousands that take a millisecond. */
    @Test
    void whatLastsAsLongAsItLastsIsNotCalledSlow() {
        List<String> timed = alerts().stream()
                .filter(expression -> expression.contains("method=\"GET\""))
                .toList();
        List<String> streams = OpenApi.parse(
                        given().get("/q/openapi?format=json").asString())
                .operations()
                .stream()
                .filter(operation -> operation.method().equals("GET")
                        && operation.node().at("/responses/200/content").has(EventStreams.MEDIA_TYPE))
                .map(operation -> operation.path().toString())
                .toList();

        assertThat(timed).hasSize(2);
        assertThat(streams).hasSizeGreaterThan(1);
        assertThat(timed).allSatisfy(expression -> {
            List<String> excepted = EXCEPTED.matcher(expression)
                    .results()
                    .map(found -> found.group(1))
                    .toList();
            assertThat(excepted).hasSize(count(expression, "method=\"GET\""));
            assertThat(excepted).allSatisfy(routes -> assertThat(Stream.concat(LONG.stream(), streams.stream()))
                    .allMatch(route -> route.matches(routes)));
        });
    }

    /** That gauge keeps one for each connection that PostgreSQL has refused: after an outage it never is 0 again. */
    @Test
    void nothingRestsOnTheSizeOfThePoolsQueue() throws IOException {
        String dashboard = Yaml.read(FOLDER.resolve("usher-dashboard.json"));

        assertThat(alerts()).noneMatch(expression -> expression.contains("sql_pool_queue_size"));
        assertThat(dashboard).doesNotContain("sql_pool_queue_size");
    }

    /** Before the first verification, and with the value that nobody wants to see. */
    @Test
    void aBrokenAuditLogIsWatchedFromTheStartOn() {
        JsonNode alert = Yaml.file("observability/alerts.yaml")
                .at("/groups/0/rules")
                .valueStream()
                .filter(rule -> rule.path("alert").asText().equals("UsherAuditLogIsBroken"))
                .findFirst()
                .orElseThrow();

        assertThat(alert.at("/labels/severity").asText()).isEqualTo("critical");
        assertThat(alert.path("expr").asText())
                .isEqualTo("usher_audit_verifications_total{job=\"usher\", valid=\"false\"} > 0");
        assertThat(metrics())
                .contains(
                        "usher_audit_verifications_total{valid=\"false\"}",
                        "usher_audit_verifications_total{valid=\"true\"}");
    }

    @Test
    void whatThereIsNotWouldBeSeen() {
        useEverything();

        assertThat(faults(List.of("sum by (uri) (rate(http_server_request_total[5m])) > 1"), exposed()))
                .hasSize(2);
        assertThat(faults(List.of("up{path=\"/\"} and process_uptime_seconds"), exposed()))
                .hasSize(1);
    }

    private static List<String> alerts() {
        return Yaml.file("observability/alerts.yaml").findValuesAsText("expr");
    }

    private static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }

    private static void assertExposed(List<String> expressions) {
        useEverything();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(faults(expressions, exposed())).isEmpty());
    }

    /** A login, a request of the session, a change, a refusal; and a collection, without which there are no pauses to show. */
    private static void useEverything() {
        TestUser user = Given.customer().create();
        Actors.login(user);
        Actors.as(user).get(user.path("")).then().statusCode(200);
        Actors.as(user).body(Map.of("name", "Ada")).patch(user.path("")).then().statusCode(200);
        Actors.as(user).get("/api/users").then().statusCode(403);
        System.gc();
    }

    private static Set<String> faults(List<String> expressions, Map<String, Set<String>> exposed) {
        return expressions.stream()
                .map(PromQl::new)
                .flatMap(expression -> Stream.concat(unknown(expression, exposed), ungroupable(expression, exposed)))
                .collect(Collectors.toSet());
    }

    private static Stream<String> unknown(PromQl expression, Map<String, Set<String>> exposed) {
        return expression.selectors().stream()
                .filter(selector -> !exposed.containsKey(selector.metric())
                        || !known(Set.of(selector.metric()), exposed).containsAll(selector.labels()))
                .map(PromQl.Selector::toString);
    }

    private static Stream<String> ungroupable(PromQl expression, Map<String, Set<String>> exposed) {
        Set<String> metrics =
                expression.selectors().stream().map(PromQl.Selector::metric).collect(Collectors.toSet());
        return expression.grouping().stream()
                .filter(label -> !known(metrics, exposed).contains(label))
                .map(label -> "by (" + label + "): " + expression);
    }

    /** The labels of the metrics, with those that Prometheus adds. */
    private static Set<String> known(Set<String> metrics, Map<String, Set<String>> exposed) {
        Set<String> labels = new HashSet<>(LABELS_OF_SCRAPING);
        metrics.forEach(metric -> labels.addAll(exposed.getOrDefault(metric, Set.of())));
        return labels;
    }

    private static String metrics() {
        int port = ConfigProvider.getConfig().getValue("quarkus.management.test-port", Integer.class);
        return given().port(port)
                .get("/q/metrics")
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    private static Map<String, Set<String>> exposed() {
        Map<String, Set<String>> exposed = new HashMap<>(SCRAPED);
        Matcher sample = SAMPLE.matcher(metrics());
        while (sample.find()) {
            Set<String> labels = exposed.computeIfAbsent(sample.group(1), name -> new HashSet<>());
            if (sample.group(2) != null) {
                LABEL.matcher(sample.group(2)).results().forEach(label -> labels.add(label.group(1)));
            }
        }
        return exposed;
    }
}

package io.usher.transfer;

import static io.usher.transfer.ImportCalls.EXPORT;
import static io.usher.transfer.ImportCalls.bytes;
import static io.usher.transfer.ImportCalls.counts;
import static io.usher.transfer.ImportCalls.csv;
import static io.usher.transfer.ImportCalls.errors;
import static io.usher.transfer.ImportCalls.report;
import static io.usher.transfer.ImportCalls.send;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.TestProfile;
import io.usher.testing.Actors;
import io.usher.testing.Database;
import io.usher.testing.Given;
import io.usher.testing.Http;
import io.usher.testing.NoLimits;
import io.usher.testing.Parallel;
import io.usher.testing.TestUser;
import io.usher.testing.UsherTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@UsherTest
@TestProfile(NoLimits.class)
class UserImportTest {
    private final TestUser superAdmin = Given.superAdmin().create();
    private final TestUser admin = Given.admin().create();
    private final String email = Given.email();

    @Test
    void anAdminManagesWhomItImports() {
        JsonNode report = csv(admin, "", "email,name,password_hash", email + ",Ada," + Given.PASSWORD_HASH);

        assertThat(counts(report)).isEqualTo("1 1 0 0 0");
        assertThat(report.path("dryRun").asBoolean()).isFalse();
        assertThat(column("status")).isEqualTo("active");
        assertThat(Database.number(
                        "select count(*) from user_admins a join users u on u.id = a.user_id where u.email = ? and a.admin_id = ?",
                        email,
                        admin.id()))
                .isOne();
        assertThat(Http.call("POST", "/api/auth/login")
                        .json(Map.of("username", email, "password", Given.PASSWORD))
                        .send()
                        .status())
                .isEqualTo(200);
    }

    /** The parser ends at the first, and would say so for ever; the rows around it are good. */
    @Test
    void textBehindAClosingQuoteMakesABadRowOfItsRowAlone() {
        JsonNode report = csv(
                admin,
                "",
                "email,name",
                "1-" + email + ",Ada\n2-" + email + ",\"a\"b\n3-" + email + ",\"two\r\nlines\"\n4-" + email
                        + ",\"x\" \n5-" + email + ",\"\"\"q\"\"\"");

        assertThat(counts(report)).isEqualTo("5 3 0 0 2");
        assertThat(report.path("errors").findValuesAsText("line")).containsExactly("3", "6");
        assertThat(report.path("errors").findValuesAsText("code")).containsOnly("malformed");
        assertThat(Database.text(
                        "select string_agg(name, '|' order by email) from users where email like ?", "%-" + email))
                .isEqualTo("Ada|two\r\nlines|\"q\"");
    }

    /** The parser takes the third quote for the beginning of more, to the end of the file. */
    @Test
    void threeQuotesInARowAreNotTheRestOfTheFileInOneName() {
        JsonNode report = csv(admin, "", "email,name", "1-" + email + ",\"a\"b\"c\n2-" + email + ",Eve");

        assertThat(counts(report)).isEqualTo("1 0 0 0 1");
        assertThat(report.path("errors").path(0).path("message").asText()).contains("nothing after it was read");
    }

    /** With it, all that follows is one cell. */
    @Test
    void aQuoteThatIsNeverClosedIsABadRowAndNotTheRestOfTheFileInOneName() {
        String rows = "1-" + email + ",Ada\n2-" + email + ",\"Bob\n3-" + email + ",Eve\n";

        JsonNode report = csv(admin, "", "email,name", rows);

        assertThat(counts(report)).isEqualTo("2 1 0 0 1");
        assertThat(report.path("errors").path(0).path("line").asInt()).isEqualTo(3);
        assertThat(report.path("errors").path(0).path("message").asText()).contains("nothing after it was read");
        assertThat(Database.number("select count(*) from users where email like ?", "%-" + email))
                .isOne();
        assertThat(counts(csv(admin, "?dryRun=true", "email,name", rows.repeat(1) + "x".repeat(17_500_000))))
                .endsWith(" 1");
    }

    /** Rows are written in the order of their addresses, and an index by id is then written at its end. */
    @Test
    void newIdsComeInTheOrderOfAddresses() {
        String rows = IntStream.range(0, 50)
                .mapToObj(i -> (i * 37 % 50) + "-" + email)
                .collect(Collectors.joining("\n"));

        assertThat(counts(csv(admin, "", "email", rows))).isEqualTo("50 50 0 0 0");

        assertThat(Database.text(
                        "select string_agg(email, ' ' order by id) = string_agg(email, ' ' order by email) from users where email like ?",
                        "%-" + email))
                .isEqualTo("t");
    }

    @Test
    void oneFileSentTwiceAtOnceIsImportedOnce() {
        int users = 6000;
        String rows = IntStream.range(0, users).mapToObj(i -> i + "-" + email).collect(Collectors.joining("\n"));

        List<JsonNode> reports = Parallel.times(2, 2, i -> csv(admin, "", "email", rows));

        assertThat(reports).allSatisfy(report -> assertThat(report.path("total").asInt()
                        - report.path("skipped").asInt()
                        - report.path("created").asInt())
                .isZero());
        assertThat(reports.stream()
                        .mapToInt(report -> report.path("created").asInt())
                        .sum())
                .isEqualTo(users);
        assertThat(Database.number("select count(*) from users where email like ?", "%-" + email))
                .isEqualTo(users);
    }

    /** Stands for what only another import at the same time can take: a batch that fails by it is written again with a look at all that is unique. */
    @Test
    void whatNobodyLookedForFailsItsRowAndNoOther() {
        Database.execute("create unique index taken_meanwhile on users (friendly_name) where friendly_name = 'taken'");
        try {
            JsonNode report = csv(admin, "", "email,friendly_name", email + ",taken", "b-" + email + ",taken");

            assertThat(counts(report)).isEqualTo("2 1 0 0 1");
            assertThat(report.at("/errors/0/code").asText()).isEqualTo("conflict");
        } finally {
            Database.execute("drop index taken_meanwhile");
        }
    }

    @Test
    void theFirstConflictInTheFileIsNamed() {
        csv(superAdmin, "", "email", "a-" + email, "z-" + email);

        Http.Answer answer = send(
                superAdmin,
                "?onConflict=fail",
                "text/csv",
                bytes("email\nnew-" + email + "\nz-" + email + "\na-" + email + "\n"));

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.body()).contains("in line 3,");
    }

    @Test
    void columnsComeInAnyOrderAndSpellingWithMarksAndQuotes() {
        String file = "\uFEFF\"name\",EMAIL,friendlyName,is_active,additional_websites\r\n"
                + "\"Lovelace, \"\"Ada\"\"\n2nd line\"," + email
                + ",'=1+1,FALSE,https://a.example;https://b.example\r\n";

        JsonNode report = report(send(superAdmin, "", "text/csv; charset=utf-8", bytes(file)));

        assertThat(counts(report)).isEqualTo("1 1 0 0 0");
        assertThat(column("name")).isEqualTo("Lovelace, \"Ada\"\n2nd line");
        assertThat(column("friendly_name")).isEqualTo("=1+1");
        assertThat(column("status")).isEqualTo("inactive");
        assertThat(column("additional_websites")).isEqualTo("{https://a.example,https://b.example}");
    }

    @Test
    void jsonAndNdjsonAreReadToo() {
        String other = Given.email();
        String json = "[{\"email\": \"" + email + "\", \"lead_status\": \"lead\"},\n {\"email\": \"" + other + "\"}]";
        String ndjson = "{\"email\":\"" + Given.email() + "\"}\n\nnonsense\n{\"email\":\"" + email + "\"}";

        assertThat(counts(report(send(admin, "", "application/json", bytes(json)))))
                .isEqualTo("2 2 0 0 0");
        JsonNode report = report(send(admin, "", "application/x-ndjson", bytes(ndjson)));
        assertThat(counts(report)).isEqualTo("3 1 0 1 1");
        assertThat(report.at("/errors/0/line").asInt()).isEqualTo(3);
        assertThat(report.at("/errors/0/code").asText()).isEqualTo("malformed");
        assertThat(column("lead_status")).isEqualTo("lead");
    }

    /** Whatever is in it: values take many times the memory of their text. */
    @Test
    void anElementLongerThanAnyUserIsABadRowAndNothingAfterItIsRead() {
        String endless = "{\"notes\":[" + "{},".repeat(15_000_000) + "{}]}";

        JsonNode report =
                report(send(admin, "", "application/json", bytes("[{\"email\":\"" + email + "\"},\n" + endless + "]")));

        assertThat(counts(report)).isEqualTo("2 1 0 0 1");
        assertThat(errors(report)).containsExactly("2  size");
    }

    @Test
    void badRowsAreReportedByTheirLinesAndTheOthersAreIn() throws IOException {
        String id = Given.unique();
        TestUser taken = Given.customer().create();
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(bytes("email,name,status,notes,username\n"));
        for (int i = 0; i < 5_990; i++) {
            file.write(bytes("good-" + i + "-" + id + "@example.com,Good,active,,\n"));
        }
        file.write(bytes("no-address,,,,\n")); // 5992
        file.write(bytes("good-7-" + id + "@example.com,,,,\n")); // duplicate, of the batch before
        file.write(bytes(taken.email() + ",,,,\n")); // there already
        file.write(bytes("a-" + id + "@example.com,,sleeping,,\n"));
        file.write(bytes("b-" + id + "@example.com," + "n".repeat(201) + ",,,\n"));
        file.write(bytes("c-" + id + "@example.com,"));
        file.write(new byte[] {(byte) 0xC3, (byte) 0x28});
        file.write(bytes(",,,\n"));
        file.write(bytes("d-" + id + "@example.com\n"));
        file.write(bytes("e-" + id + "@example.com,,,,,,\n"));
        file.write(bytes("f-" + id + "@example.com,,," + "x".repeat(3 << 20) + ",\n"));
        file.write(bytes("g-" + id + "@example.com,,,," + taken.username() + "\n"));
        file.write(bytes("last-" + id + "@example.com,,,,\n"));

        JsonNode report = report(send(superAdmin, "", "text/csv", file.toByteArray()));

        assertThat(counts(report)).isEqualTo("6001 5991 0 1 9");
        assertThat(errors(report))
                .containsExactly(
                        "5992 email format",
                        "5993 email duplicate",
                        "5995 status enum",
                        "5996 name size",
                        "5997 name characters",
                        "5998  columns",
                        "5999  columns",
                        "6000  size",
                        "6001 username username_taken");
        assertThat(Database.number("select count(*) from users where email like ?", "%-" + id + "@example.com"))
                .isEqualTo(5991);
    }

    @Test
    void aDryRunReportsTheSameAndWritesNothing() {
        String[] file = {"email,name", email + ",Ada", "nonsense,", email + ",Again", superAdmin.email() + ","};
        csv(admin, "?dryRun=true", "email");
        Map<String, Long> before = Database.rowCounts();

        JsonNode tried = csv(admin, "?dryRun=true", file);

        assertThat(Database.rowCounts()).isEqualTo(before);
        JsonNode done = csv(admin, "", file);
        assertThat(counts(tried)).isEqualTo("4 1 0 1 2").isEqualTo(counts(done));
        assertThat(tried.path("errors")).isEqualTo(done.path("errors"));
        assertThat(tried.path("dryRun").asBoolean()).isTrue();
    }

    @Test
    void againWithSkipChangesNothing() {
        csv(admin, "", "email,name", email + ",Ada");

        assertThat(counts(csv(admin, "", "email,name", email + ",Grace"))).isEqualTo("1 0 0 1 0");
        assertThat(column("name")).isEqualTo("Ada");
    }

    @Test
    void updateReplacesWhatTheFileHasAndNothingElse() {
        TestUser user = Given.customer()
                .named("Ada")
                .with("phone", "1")
                .with("city", "London")
                .create();
        Given.link(admin, user);

        JsonNode report = csv(admin, "?onConflict=update", "email,phone,city", user.email() + ",2,", email + ",3,");

        assertThat(counts(report)).isEqualTo("2 1 1 0 0");
        assertThat(Database.text("select name || phone || coalesce(city, '-') from users where id = ?", user.id()))
                .isEqualTo("Ada2-");
        assertThat(Http.call("GET", "/api/users/" + user.id())
                        .as(user)
                        .send()
                        .json()
                        .path("phone")
                        .asText())
                .isEqualTo("2");
    }

    @Test
    void updateReachesNobodyBeyondTheCallersRights() {
        TestUser stranger = Given.customer().named("Stranger").create();
        TestUser other = Given.admin().named("Other").create();
        Given.link(admin, other);

        JsonNode report = csv(admin, "?onConflict=update", "email,name", stranger.email() + ",x", other.email() + ",x");
        JsonNode ofSuperAdmin =
                csv(superAdmin, "?onConflict=update", "email,name", other.email() + ",y", superAdmin.email() + ",y");

        assertThat(errors(report)).containsExactly("2 email email_taken", "3 email forbidden");
        assertThat(counts(ofSuperAdmin)).isEqualTo("2 0 1 0 1");
        assertThat(Database.text("select name from users where id = ?", stranger.id()))
                .isEqualTo("Stranger");
        assertThat(Database.text("select name from users where id = ?", other.id()))
                .isEqualTo("y");
    }

    @Test
    void whoIsSuspendedByAFileIsOutAtOnce() {
        TestUser user = Given.customer().create();
        String token = Actors.token(user);

        csv(superAdmin, "?onConflict=update", "email,status", user.email() + ",suspended");

        assertThat(Http.call("GET", "/api/auth/me")
                        .header("Authorization", "Bearer " + token)
                        .send()
                        .status())
                .isEqualTo(401);
    }

    @Test
    void failUndoesEverythingAtTheFirstConflict() {
        List<String> lines = new ArrayList<>(List.of("email", email));
        String unique = Given.unique();
        for (int i = 0; i < 6_000; i++) {
            lines.add(i + "-" + unique + "@example.com");
        }
        lines.add(superAdmin.email());
        byte[] file = bytes(String.join("\n", lines));

        Http.Answer answer = send(admin, "?onConflict=fail", "text/csv", file);

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.code()).isEqualTo("email_taken");
        assertThat(answer.json().path("detail").asText()).contains("line 6003");
        assertThat(Database.number(
                        "select count(*) from users where email = ? or email like ?", email, "%-" + unique + "%"))
                .isZero();
    }

    @Test
    void whatOnlySuperAdminsWriteIsAnErrorForAdmins() {
        String role = Given.customRole();
        String header = "email,user_type,super_admin,roles,id";
        UUID id = UUID.randomUUID();

        JsonNode refused = csv(admin, "", header, email + ",admin,true," + role + "," + id);
        JsonNode done = csv(superAdmin, "", header, email + ",admin,true," + role + "," + id);

        assertThat(errors(refused))
                .containsExactly("2 userType forbidden", "2 superAdmin forbidden", "2 roles forbidden");
        assertThat(counts(done)).isEqualTo("1 1 0 0 0");
        assertThat(column("id")).isEqualTo(id.toString());
        assertThat(Database.text("select role_name from user_roles where user_id = ?", id))
                .isEqualTo(role);
        assertThat(errors(csv(superAdmin, "", header, Given.email() + ",,,," + id)))
                .containsExactly("2 id conflict");
    }

    @Test
    void keysWriteNoPasswords() {
        Http.Answer answer = Http.call("POST", ImportCalls.IMPORT)
                .withKey(Given.apiKey(superAdmin, "*"))
                .body("text/csv", bytes("email,password_hash\n" + email + "," + Given.PASSWORD_HASH))
                .send();

        assertThat(errors(report(answer))).containsExactly("2 passwordHash forbidden");
    }

    @Test
    void aFileThatIsNoneIsRefused() {
        assertThat(send(admin, "", "text/csv", bytes("name,nonsense,name\nAda,,\n"))
                        .json()
                        .path("errors")
                        .findValuesAsText("field"))
                .containsExactly("nonsense", "name", "email");
        assertThat(send(admin, "", "text/csv", new byte[0]).status()).isEqualTo(400);
        assertThat(send(admin, "", "application/json", bytes("{}")).status()).isEqualTo(400);
        assertThat(send(admin, "", "text/plain", bytes("email\n")).status()).isEqualTo(415);
        assertThat(send(admin, "?onConflict=maybe&dryRun=2", "text/csv", bytes("email\n"))
                        .json()
                        .path("errors")
                        .findValuesAsText("field"))
                .containsExactly("onConflict", "dryRun");
    }

    @Test
    void whatIsExportedImportsToTheSameUsers() {
        String unique = Given.unique();
        String role = Given.customRole();
        TestUser rich = Given.customer()
                .email("'quote-" + unique + "@example.com")
                .named("=HYPERLINK(\"x\")")
                .role(role)
                .with("notes", "a,b\n\"c\";'d'")
                .with("phone", "+49 30")
                .with("lead_status", "lead")
                .with("deleted_at", java.time.OffsetDateTime.parse("2026-01-02T03:04:05.678Z"))
                .create();
        Given.admin().email("boss-" + unique + "@example.com").create();
        for (String format : List.of("csv", "json", "ndjson")) {
            String filter =
                    EXPORT + "?deleted=true&includePasswordHash=true&sort=email&format=" + format + "&email=" + unique;
            Http.Answer before = Http.call("GET", filter).as(superAdmin).send();
            Database.execute("delete from users where email like ?", "%" + unique + "@example.com");

            JsonNode report = report(send(
                    superAdmin,
                    "?format=" + format,
                    before.header("Content-Type").replaceAll(";.*", ""),
                    bytes(before.body())));

            assertThat(counts(report)).as(format).isEqualTo("2 2 0 0 0");
            assertThat(Http.call("GET", filter).as(superAdmin).send().body()).isEqualTo(before.body());
        }
        assertThat(Database.text("select name from users where id = ?", rich.id()))
                .isEqualTo("=HYPERLINK(\"x\")");
    }

    private String column(String column) {
        return String.valueOf(Database.text("select " + column + " from users where email = ?", email));
    }
}

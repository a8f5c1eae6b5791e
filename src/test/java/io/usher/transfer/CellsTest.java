package io.usher.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.usher.user.FileUser;
import io.usher.web.Text;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotBlank;
import net.jqwik.api.constraints.Size;

class CellsTest {
    @Example
    void whatASpreadsheetWouldRunIsMarked() {
        assertThat(Cells.of("=1+1")).isEqualTo("'=1+1");
        assertThat(Cells.of("-1")).isEqualTo("'-1");
        assertThat(Cells.of("\tx")).isEqualTo("'\tx");
        assertThat(Cells.of("'x")).isEqualTo("''x");
        assertThat(Cells.of("x=1")).isEqualTo("x=1");
        assertThat(Cells.restored("'x")).isEqualTo("'x");
    }

    @Property
    void aCellIsRestoredToWhatItWas(@ForAll String text) {
        assertThat(Cells.restored(String.valueOf(Cells.of(text)))).isEqualTo(text);
    }

    @Property
    void aListIsReadAsItWasWritten(@ForAll @Size(max = 5) List<@NotBlank String> list) {
        Assume.that(list.stream().allMatch(Text::isStorable));

        assertThat(Cells.array(Cells.restored(String.valueOf(Cells.of(list)))))
                .extracting(node -> node.textValue())
                .containsExactlyElementsOf(list);
    }

    @Example
    void whatPostgresWritesIsTakenForNoListAndForTrue() throws IOException {
        String file =
                "email,additional_websites,is_active,is_deleted\na@b.example,\"{https://a.example,https://b.example}\",t,f";

        FileRow row = FileRows.of(FileFormat.CSV, new StringReader(file)).next();

        assertThat(row.user().path("additionalWebsites").isTextual()).isTrue();
        assertThat(row.user().path("isActive").booleanValue()).isTrue();
        assertThat(row.user().path("isDeleted").isBoolean()).isTrue();
        assertThat(Cells.of(List.of("{x}"))).isEqualTo("[\"{x}\"]");
    }

    @Property
    void aLineIsReadAsItWasWritten(@ForAll @NotBlank String name, @ForAll @NotBlank String notes) throws IOException {
        Assume.that(Text.isStorable(name) && Text.isStorable(notes));
        FileUser user = user(name, notes);
        String file = new String(
                new UserWriter(FileFormat.CSV, true, new ObjectMapper()).users(List.of(user)), StandardCharsets.UTF_8);

        FileRow row = FileRows.of(FileFormat.CSV, new StringReader(file)).next();

        assertThat(row.user().path("name").textValue()).isEqualTo(user.name());
        assertThat(row.user().path("notes").textValue()).isEqualTo(user.notes());
        assertThat(row.line()).isEqualTo(2);
    }

    private static FileUser user(String name, String notes) {
        return new FileUser(
                null,
                "ada@example.com",
                true,
                false,
                null,
                null,
                null,
                null,
                name,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                notes,
                null,
                null,
                null,
                Set.of());
    }
}

package io.usher.migration;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.usher.migration.MigrationReport.Item;
import io.usher.migration.MigrationReport.Status;
import io.usher.security.Caller;
import io.usher.user.UserMigrationService;
import io.usher.user.UserMigrationService.Present;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Takes the users of V1 over, each whole or not at all, whatever becomes of the others. What is done is done: a migration that breaks off
 * is finished by sending the file again.
 */
@ApplicationScoped
public class MigrationService {
    private final V1Reader reader;
    private final UserMigrationService users;
    private final MigrationBatches batches;
    private final MigrationWrites writes;

    @Inject
    MigrationService(V1Reader reader, UserMigrationService users, MigrationBatches batches, MigrationWrites writes) {
        this.reader = reader;
        this.users = users;
        this.batches = batches;
        this.writes = writes;
    }

    /** Reads the file to its end, on the worker thread that this is called on, and goes on where reactive sessions live. */
    Uni<MigrationReport> migrate(Caller caller, InputStream file) {
        Context request = Objects.requireNonNull(Vertx.currentContext());
        List<V1Item> items = reader.read(caller, file);
        return Uni.createFrom()
                .item(items)
                .emitOn(next -> request.runOnContext(ignored -> next.run()))
                .chain(this::migrate);
    }

    private Uni<MigrationReport> migrate(List<V1Item> items) {
        List<Newcomer> newcomers = items.stream()
                .map(V1Item::newcomer)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList();
        return users.find(newcomers.stream().map(Newcomer::email).toList())
                .chain(present -> migrate(newcomers, present))
                .map(outcome -> report(items, outcome));
    }

    /** Who is there already costs neither a hash nor a transaction, so that a file that was sent before is done at once. */
    private Uni<Map<String, Item>> migrate(List<Newcomer> newcomers, Map<String, Present> present) {
        Map<String, Item> outcome = new HashMap<>();
        present.forEach((email, user) ->
                outcome.put(email, new Item(email, user.id(), user.v1Id(), Status.SKIPPED, List.of())));
        List<Newcomer> missing = newcomers.stream()
                .filter(newcomer -> !present.containsKey(newcomer.email()))
                .toList();
        return writes.prepare(missing)
                .chain(() -> migrateAll(MigrationBatches.of(missing)).invoke(outcome::putAll))
                .replaceWith(outcome);
    }

    private Uni<Map<String, Item>> migrateAll(List<List<Newcomer>> all) {
        Map<String, Item> outcome = new HashMap<>();
        return Multi.createFrom()
                .iterable(all)
                .onItem()
                .transformToUniAndConcatenate(batches::migrate)
                .invoke(outcome::putAll)
                .collect()
                .last()
                .replaceWith(outcome);
    }

    private static MigrationReport report(List<V1Item> items, Map<String, Item> outcome) {
        List<Item> report = new ArrayList<>(items.size());
        for (V1Item item : items) {
            Newcomer newcomer = item.newcomer();
            report.add(
                    newcomer == null
                            ? Item.failed(item.email(), item.errors())
                            : Objects.requireNonNull(outcome.get(newcomer.email())));
        }
        return MigrationReport.of(report);
    }
}

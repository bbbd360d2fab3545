package io.quintet.node.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A step at which a test may end the process, delay it or fail the step. The constants are in the
/// order in which the steps happen; a step's name says what has just been done.
///
/// Nothing happens unless a [Probe] is there: from the system property [Probe#PROPERTY] of a test
/// process, or set by a test. Otherwise a step costs one read of a field.
public enum Failpoint {
  /// The store set room aside for a chunk.
  PUT_ROOM_TAKEN,
  /// The temporary file exists, empty.
  PUT_FILE_CREATED,
  /// A piece of the body is in the temporary file.
  PUT_PIECE_WRITTEN,
  /// The bytes are those of the id, and not synced.
  PUT_HASH_COMPARED,
  /// The temporary file is durable.
  PUT_FILE_SYNCED,
  /// The file has its name, which is not durable.
  PUT_FILE_RENAMED,
  /// The chunk is durable and the index does not know it.
  PUT_DIRECTORY_SYNCED,
  /// The chunk is in the index.
  PUT_INDEXED,
  /// The secret of a deletion was compared, and nothing has changed.
  DELETE_SECRET_COMPARED,
  /// The tombstone is durable, the chunk is there.
  DELETE_TOMBSTONE_SYNCED,
  /// The file of a deleted chunk is removed, not durably.
  DELETE_FILE_REMOVED,
  /// A deleted chunk is gone, durably.
  DELETE_DIRECTORY_SYNCED,
  /// A deleted chunk is gone, and the network knows it.
  DELETE_WITHDRAWN,
  /// A start found a chunk whose tombstone is there.
  RECOVERY_DELETED_FOUND,
  /// That this node leaves is written down; nothing is handed over.
  UNJOIN_JOURNALLED,
  /// No upload is under way any more, and chunks are about to be handed over.
  UNJOIN_BEGUN,
  /// Some chunks were handed over and proved.
  UNJOIN_PAGE_PROVED,
  /// Every chunk is handed over, which is written down.
  UNJOIN_HANDED_OVER,
  /// The node has left; one of its files is about to be removed.
  UNJOIN_FILE_REMOVING,
  /// All files but the journal of the departure are removed.
  UNJOIN_FILES_REMOVED,
  /// A bad copy was found and lies at its place.
  QUARANTINE_FOUND,
  /// A bad copy was moved and the index still knows it.
  QUARANTINE_MOVED,
  /// A start found an unfinished upload.
  RECOVERY_TEMPORARY_FOUND,
  /// A start removed what was unfinished, and synced nothing.
  RECOVERY_SCANNED,
  /// A start made the names of all chunks durable.
  RECOVERY_SYNCED,
  /// The scrub read one chunk.
  SCRUB_CHECKED,
  /// The scrub is about to save its place.
  SCRUB_SAVING,
  /// The scrub saved its place.
  SCRUB_SAVED,
  /// A chunk that rotted here is about to be fetched again.
  HEAL_BEGUN,
  /// It came.
  HEAL_FETCHED,
  /// It is durable and nobody was told.
  HEAL_STORED,
  /// A chunk is durable and about to be announced.
  PUBLISH_BEGUN,
  /// The network's engine has the chunk among those that this node provides.
  PUBLISH_HANDED_OVER,
  /// A start lists a page of chunks that it will announce.
  PUBLISH_PAGE_LISTED,
  /// Another node's records are about to be taken.
  PUBLISH_RECORDS_RECEIVED,
  /// Another node's records were taken, and it does not know.
  PUBLISH_RECORDS_TAKEN,
  /// The place of the announcements is about to be saved.
  PUBLISH_PLACE_SAVING,
  /// A repair has read this node's own copy and checked it.
  REPAIR_COPY_READ,
  /// A copy is about to be sent to a target of a repair.
  REPAIR_TARGET_CHOSEN,
  /// The target of a repair answered.
  REPAIR_COPY_SENT,
  /// The target of a repair proved that it holds the copy.
  REPAIR_COPY_PROVED,
  /// A repaired copy counts.
  REPAIR_COPY_COUNTED,
  /// The holders that stay proved theirs, and a surplus copy is about to be removed.
  TRIM_WITNESSES_PROVED,
  /// A surplus copy is removed, and others are still sent here.
  TRIM_COPY_REMOVED,
  /// A surplus copy is withdrawn.
  TRIM_WITHDRAWN,
  /// A chunk that is gone is about to be withdrawn.
  WITHDRAW_BEGUN,
  /// It is withdrawn.
  WITHDRAW_HANDED_OVER;

  private static volatile @Nullable Probe probe = Probe.ofThisProcess();

  /// Passes this step.
  ///
  /// @throws IOException when a test lets the step fail
  public void hit() throws IOException {
    Probe watching = probe;
    if (watching != null) {
      watching.hit(this);
    }
  }

  /// Passes this step where no `IOException` can be thrown.
  ///
  /// @throws UncheckedIOException when a test lets the step fail
  public void pass() {
    try {
      hit();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// How it is called in [Probe#PROPERTY].
  public String commandName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// For tests: from now on `watching` sees every step of this process; null ends it.
  public static void watch(@Nullable Probe watching) {
    probe = watching;
  }
}

import { findStoredRealms } from "../../auth/logout/stored_realms.ts";
import { isBeyondTreeOf } from "../../config/files/tree.ts";
import { isTrustedPlace } from "../../config/trust/trusted_places.ts";
import type { Needs } from "../../host/host.ts";
import type { RecordedContext } from "../../kube/kubeconfig/entry_edit.ts";
import { mayBeThere } from "../../store/current_file.ts";
import type { Author } from "../contract/author.ts";
import {
  integrationKey,
  isByFlags,
  readRecordedContexts,
  type RecordedContexts,
  type RecordKey,
  recordKey,
} from "./context_record.ts";

type OwnKey = Omit<RecordKey, "configLocation">;
type Named = Pick<RecordKey, "file"> & Pick<RecordedContext, "name">;

interface ContextOwner extends Pick<RecordKey, "configLocation" | "integration" | "identity"> {
  /** Whether the configuration itself has written it. */
  readonly isOwn: boolean;
}

/** A record, and whether the configuration itself is its author. */
export interface AttributedRecord extends RecordedContexts {
  readonly isOwn: boolean;
}

/** What the record says to one configuration. */
export interface AuthorRecord {
  /** What was recorded for identities, whatever configuration they are of. */
  listAttributed(): readonly AttributedRecord[];
  /** What the configuration has written for an integration and identity in a file. */
  recordedFor(key: OwnKey): readonly RecordedContext[];
  /** What it has written for the same integration, and other identities. */
  recordedForOthers(key: OwnKey): readonly RecordedContext[];
  /** All that it has written into a file. */
  writtenIn(file: string): readonly RecordedContext[];
  /**
   * What is on record in a file for the user's flags, and for other configurations: what these have adopted, too, and
   * where they are no longer there, unless the configuration is the same one that has moved.
   */
  foreignIn(file: string): readonly RecordedContext[];
  /** What it may change in a file: what it has written itself, here or where it was before it has moved. */
  editableIn(file: string): readonly RecordedContext[];
  /**
   * The same two for what is typed in the configuration: its flags are not foreign to that, nor is what configurations
   * have that are gone, where the user has typed the names.
   */
  foreignToFlags(file: string, rights?: FlagRights): readonly RecordedContext[];
  editableByFlags(file: string, rights?: FlagRights): readonly RecordedContext[];
  /** The files on record, but for those that lie in the working tree that they were written for. */
  listShared(): readonly string[];
  /** All that was written into a file, by whatever configuration or flags. */
  listIn(file: string): readonly RecordedContext[];
  /** What was written in this configuration, or without any, for no integration: by flags, for one. */
  recordedForNone(key: Omit<OwnKey, "identity">): readonly RecordedContext[];
  /** The contexts of a cluster that were written on the word of the same endpoint, by whatever configuration. */
  describedBy(
    known: Pick<RecordKey, "file"> & Pick<RecordedContext, "cluster" | "describedBy">,
  ): readonly RecordedContext[];
  /** Whom a context of a file was written for, the configuration's own first. */
  findOwner(context: Named): ContextOwner | undefined;
  /** The record of version 0.1.0 that the configuration's own one takes the place of. */
  findInherited(key: OwnKey): RecordKey | undefined;
}

interface FlagRights {
  /** Whether names that the user typed may take what a configuration left that is gone. */
  readonly mayTakeAbandoned?: boolean | undefined;
}

/** An integration whose contexts are to be written, and what its identity is. */
type Written = Pick<RecordedContexts, "integration" | "identity" | "fingerprint">;

/**
 * Returns the record as that configuration may use it, which is about to write what `written` says. Permissions: env, read,
 * sys.
 */
export function readAuthorRecord(
  host: Needs<"env" | "read" | "sys">,
  author: Author,
  written: readonly Written[] = [],
): AuthorRecord {
  return new ReadRecord(host, { author, written });
}

class ReadRecord implements AuthorRecord {
  readonly #host: Needs<"env" | "read" | "sys">;
  readonly #author: Author;
  readonly #known: readonly RecordedContexts[];
  readonly #byKey: ReadonlyMap<string, RecordedContexts>;
  readonly #byIntegration: ReadonlyMap<string, readonly RecordedContexts[]>;
  readonly #heirs = new Map<string, boolean>();
  readonly #there = new Map<string, boolean>();
  readonly #written: readonly Written[];

  constructor(
    host: Needs<"env" | "read" | "sys">,
    { author, written }: { readonly author: Author; readonly written: readonly Written[] },
  ) {
    this.#host = host;
    this.#author = author;
    this.#known = readRecordedContexts(host);
    this.#byKey = new Map(this.#known.map((one) => [recordKey(one), one]));
    this.#byIntegration = Map.groupBy(this.#known, integrationKey);
    const own = this.#known.filter(({ configLocation }) => author.location && configLocation === author.location);
    this.#written = [...written, ...own];
  }

  listAttributed(): readonly AttributedRecord[] {
    // What flags have written is no identity's.
    return this.#known.flatMap((one) => one.identity === "" ? [] : [{ ...one, isOwn: this.#isOwn(one) }]);
  }

  recordedFor(key: OwnKey): readonly RecordedContext[] {
    const own = this.#own(key);
    const found = this.#byKey.get(recordKey(own)) ?? this.#byKey.get(recordKey(older(own)));
    return found === undefined ? [] : this.#contextsOf(found);
  }

  recordedForOthers(key: OwnKey): readonly RecordedContext[] {
    const own = this.#own(key);
    const all = [own, older(own)].flatMap((one) => this.#byIntegration.get(integrationKey(one)) ?? []);
    return all.flatMap((one) => one.identity.toLowerCase() === key.identity.toLowerCase() ? [] : this.#contextsOf(one));
  }

  writtenIn(file: string): readonly RecordedContext[] {
    return this.#listWritten(file, (one) => this.#isOwn(one));
  }

  listIn(file: string): readonly RecordedContext[] {
    return this.#listWritten(file, () => true);
  }

  listShared(): readonly string[] {
    const shared = this.#known.filter(({ file, configLocation: directory }) =>
      directory === undefined || isBeyondTreeOf(this.#host, { directory, path: file })
    );
    return [...new Set(shared.map(({ file }) => file))];
  }

  foreignIn(file: string): readonly RecordedContext[] {
    const isForeign = (one: RecordedContexts) => isByFlags(one) || this.#isOfAnother(one);
    return [...this.#listWritten(file, isForeign), ...this.#listShared(file)];
  }

  editableIn(file: string): readonly RecordedContext[] {
    return this.#listWritten(file, (one) => !isByFlags(one) && (this.#isOwn(one) || this.#isOfMoved(one)));
  }

  foreignToFlags(file: string, { mayTakeAbandoned }: FlagRights = {}): readonly RecordedContext[] {
    const isForeign = (one: RecordedContexts) =>
      isByFlags(one)
        ? !this.#areOwnFlags(one, mayTakeAbandoned)
        : this.#isOfAnother(one) && !(mayTakeAbandoned && this.#isAbandoned(one));
    return [...this.#listWritten(file, isForeign), ...this.#listShared(file)];
  }

  editableByFlags(file: string, { mayTakeAbandoned }: FlagRights = {}): readonly RecordedContext[] {
    const isOwn = (one: RecordedContexts) =>
      isByFlags(one) ? this.#areOwnFlags(one, mayTakeAbandoned) : this.#isOwn(one);
    const isLeft = (one: RecordedContexts) => mayTakeAbandoned ? this.#isAbandoned(one) : this.#isOfMoved(one);
    return this.#listWritten(file, (one) => isOwn(one) || isLeft(one));
  }

  recordedForNone(key: Omit<OwnKey, "identity">): readonly RecordedContext[] {
    return this.#byKey.get(recordKey(this.#own({ ...key, identity: "" })))?.contexts ?? [];
  }

  describedBy({ file, cluster, describedBy }: Parameters<AuthorRecord["describedBy"]>[0]): readonly RecordedContext[] {
    return this.#known.flatMap((one) => one.file === file ? one.contexts : [])
      .filter((context) => context.cluster === cluster && context.describedBy === describedBy);
  }

  findOwner({ file, name }: Named): ContextOwner | undefined {
    const found = this.#known.filter((one) =>
      one.file === file && one.contexts.some((context) => context.name === name && !context.adopted)
    );
    const [first] = [...found.filter((one) => this.#isOwn(one)), ...found];
    return first && { ...first, isOwn: this.#isOwn(first) };
  }

  findInherited(key: OwnKey): RecordKey | undefined {
    const found = this.#byKey.get(recordKey(older(key)));
    return found !== undefined && this.#isOwn(found) ? found : undefined;
  }

  #listWritten(file: string, fits: (one: RecordedContexts) => boolean): readonly RecordedContext[] {
    return this.#known.flatMap((one) => one.file === file && fits(one) ? one.contexts : [])
      .filter(({ adopted }) => !adopted);
  }

  /** What other configurations have found there, and use as it is. */
  #listShared(file: string): readonly RecordedContext[] {
    const others = this.#known.filter((one) => one.file === file && !isByFlags(one) && this.#isOfAnother(one));
    return others.flatMap(({ contexts }) => contexts.filter(({ adopted }) => adopted));
  }

  #own(key: OwnKey): RecordKey {
    return { ...key, configLocation: this.#author.location };
  }

  /** What may be another configuration's serves where it is as today's, and never to change something else. */
  #contextsOf(one: RecordedContexts): readonly RecordedContext[] {
    return this.#isOwn(one) ? one.contexts : one.contexts.map((context) => ({ ...context, adopted: true as const }));
  }

  /** What the user has typed is no configuration's. */
  #isOwn({ configLocation, identity, integration }: RecordedContexts): boolean {
    if (isByFlags({ integration })) return false;
    return configLocation === undefined ? this.#isHeir(identity) : configLocation === this.#author.location;
  }

  /** Version 0.1.0 wrote no location: whose a record is tells the only realm in which its identity has logged in. */
  #isHeir(identity: string): boolean {
    const known = this.#heirs.get(identity);
    if (known !== undefined) return known;
    const realms = findStoredRealms(this.#host, identity);
    const isHeir = realms.length === 1 && realms[0] === this.#author.realm;
    this.#heirs.set(identity, isHeir);
    return isHeir;
  }

  #isOfAnother(one: RecordedContexts): boolean {
    const { configLocation } = one;
    return configLocation !== undefined && !this.#isOwn(one) && !this.#isOfMoved(one);
  }

  /** Of a configuration that is gone from there: names alone could be those of any other one. */
  #isOfMoved(one: RecordedContexts): boolean {
    return this.#isAbandoned(one) && this.#written.some((other) => isSameIdentity(one, other));
  }

  #isAbandoned({ configLocation }: RecordedContexts): boolean {
    return configLocation !== undefined && configLocation !== this.#author.location && !this.#isThere(configLocation);
  }

  /** Flags without a configuration are those of the user's own one, too, and those in one that is gone are the user's. */
  #areOwnFlags({ configLocation }: RecordedContexts, mayTakeAbandoned: boolean | undefined): boolean {
    const { location } = this.#author;
    if (configLocation === location) return true;
    return configLocation === undefined
      ? location !== undefined && isTrustedPlace(this.#host, location)
      : mayTakeAbandoned === true && !this.#isThere(configLocation);
  }

  #isThere(location: string): boolean {
    const known = this.#there.get(location) ?? mayBeThere(this.#host, location);
    this.#there.set(location, known);
    return known;
  }
}

function isSameIdentity(one: Written, other: Written): boolean {
  const isSame = ["integration", "identity"] as const;
  return isSame.every((key) => one[key].toLowerCase() === other[key].toLowerCase()) &&
    (one.fingerprint === undefined || one.fingerprint === other.fingerprint);
}

/** The key that version 0.1.0 would have had. */
function older(key: OwnKey): RecordKey {
  return { ...key, configLocation: undefined };
}

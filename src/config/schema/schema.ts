import { type GenericSchema, getDescription, getMetadata } from "valibot";
import type { LocatedScalar } from "../values/located.ts";
import type { TrustClass } from "./trust_class.ts";

/** What our shapes say about themselves besides what valibot knows; put there with `v.metadata`. */
export interface Remarks {
  /** Numbers and the like are taken as they are written: `0600`, `012345678901`. */
  readonly readsText?: true;
  /** A mapping is taken as it is, whatever keys it has. */
  readonly whole?: true;
  /** Empty text counts as not there. */
  readonly emptyIsNothing?: true;
  /** Only other versions of atmos read it: any value but this one is warned of. */
  readonly noEffect?: NoEffect;
  /** The value is never printed. */
  readonly secret?: true;
  /** Who may say it; without it, a file that is trusted. */
  readonly trust?: TrustClass;
  /**
   * The value never leaves the machine, or is one that may: then it may come from a variable or a file. No form makes that
   * of what a template has made, which may spell bits of anything, as a switch or a number of twelve digits does.
   */
  readonly closed?: true | ((scalar: LocatedScalar) => boolean);
  /** Completes "found ...: " where a valid value is odd all the same; undefined when it isn't. Quotes nothing of it. */
  readonly doubt?: (scalar: LocatedScalar) => Suspicion | undefined;
  /** What the JSON Schema says in addition, where valibot has only a function. */
  readonly jsonSchema?: Readonly<Record<string, unknown>>;
}

interface NoEffect {
  /** The value that says the same as none. */
  readonly but?: string;
  /** Completes "has no effect in atmos for EKS: ...". */
  readonly why?: string;
}

/** Why a value is odd, and what else may be meant. */
export interface Suspicion {
  readonly message: string;
  readonly near?: string | undefined;
}

/** The parts that the schemas which we use can have. */
interface Parts {
  readonly wrapped?: GenericSchema;
  readonly options?: readonly unknown[];
  readonly entries?: Readonly<Record<string, GenericSchema>>;
  readonly item?: GenericSchema;
  /** Of a mapping with any keys. */
  readonly value?: GenericSchema;
}

/** The schema without `optional` around it. */
function bare(schema: GenericSchema): GenericSchema {
  const { wrapped } = schema as Parts;
  return wrapped === undefined ? schema : bare(wrapped);
}

export function getRemarks(schema: GenericSchema | undefined): Remarks {
  return schema === undefined ? {} : getMetadata(bare(schema)) as Remarks;
}

export function readDescription(schema: GenericSchema | undefined): string | undefined {
  return schema === undefined ? undefined : getDescription(bare(schema));
}

/** The fields that a mapping may have; undefined when the schema takes no mapping. */
export function getFields(schema: GenericSchema): Readonly<Record<string, GenericSchema>> | undefined {
  const { entries } = bare(schema) as Parts;
  return entries ?? alternatives(schema).map(getFields).find((fields) => fields !== undefined);
}

/** The schema of a member of a mapping or list; undefined when the schema knows none. */
export function getMember(schema: GenericSchema | undefined, key: string | number): GenericSchema | undefined {
  if (schema === undefined) return undefined;
  if (typeof key === "number") return (bare(schema) as Parts).item;
  const any = getValues(schema);
  if (any !== undefined) return any;
  const fields = getFields(schema);
  return fields !== undefined && Object.hasOwn(fields, key) ? fields[key] : undefined;
}

/** The schema of every value of a mapping that may have any keys; undefined for other schemas. */
export function getValues(schema: GenericSchema): GenericSchema | undefined {
  const found = bare(schema);
  return found.type === "record" ? (found as Parts).value : undefined;
}

function alternatives(schema: GenericSchema): readonly GenericSchema[] {
  const found = bare(schema);
  return found.type === "union" ? (found as Parts).options as readonly GenericSchema[] : [];
}

import { LinePlaces } from "../files/source_file.ts";
import { parseDotenv } from "../../formats/dotenv/parse_dotenv.ts";
import type { HclValue } from "../../formats/hcl/parse_hcl.ts";
import { decodeUtf8 } from "../../formats/text/utf8.ts";
import { basename } from "../../store/paths.ts";
import type { Fetched, FilePosition, Located } from "../values/located.ts";
import { FORBIDDEN_KEY, makeFromJson, makeMap, makeText } from "../values/make_located.ts";

/** How a function gets at files. */
export interface FileReaders {
  /** Reads another YAML file by the rules of the file that the call stands in. */
  readonly readYaml: (path: string, fetched: Fetched) => Promise<Located>;
  /** Reads a file of any other kind. */
  readonly readBytes: (path: string) => Uint8Array;
}

interface ReadInput extends FileReaders {
  readonly fetched: Fetched;
  /** Whether its text is wanted, whatever it is. */
  readonly isRaw: boolean;
}

/**
 * What a file says, by its name: YAML, JSON, HCL (`.hcl`, `.tf`, `.tfvars`), variables (`.env`), else its text. The
 * values stand in that file, since it is that file that has to be trusted with them. Throws what its readers throw.
 */
export async function readIncluded(path: string, { isRaw, fetched, ...files }: ReadInput): Promise<Located> {
  if (!isRaw && /\.ya?ml$/i.test(path)) return await files.readYaml(path, fetched);
  const text = decodeUtf8(files.readBytes(path));
  const place = { file: path, line: 1, column: 1 };
  if (isRaw) return makeText(text, place);
  const name = basename(path).toLowerCase();
  if (name.endsWith(".json")) return makeFromJson(JSON.parse(text), place);
  const lines = new LinePlaces(text);
  const placeAt = (at: number) => ({ file: path, ...lines.at(at) });
  if (/\.(?:hcl|tf|tfvars)$/.test(name)) {
    const { parseHcl } = await import("../../formats/hcl/parse_hcl.ts");
    return toLocated(parseHcl(text), placeAt);
  }
  return /^\.env(?:\..+)?$|\.env$/.test(name) ? variablesIn(text, placeAt) : makeText(text, place);
}

type LocateNode = (at: number) => FilePosition;

function toLocated(value: HclValue, placeAt: LocateNode): Located {
  const place = placeAt(value.at);
  if (value.kind === "list") {
    return { kind: "list", place, items: value.items.map((item) => toLocated(item, placeAt)) };
  }
  if (value.kind === "scalar") {
    return { kind: "scalar", place, value: value.value, text: value.value === null ? "" : String(value.value) };
  }
  refuseForbidden(value.entries.keys());
  const entries = [...value.entries].map(([name, entry]) =>
    [name, { key: placeAt(entry.at), value: toLocated(entry.value, placeAt) }] as const
  );
  return makeMap(entries, place);
}

function variablesIn(text: string, placeAt: LocateNode): Located {
  const variables = parseDotenv(text);
  refuseForbidden(variables.map(({ name }) => name));
  const entries = variables.map(({ name, at, value }) =>
    [name, { key: placeAt(at), value: makeText(value, placeAt(at)) }] as const
  );
  return makeMap(entries, placeAt(0));
}

function refuseForbidden(names: Iterable<string>): void {
  if ([...names].includes(FORBIDDEN_KEY)) throw new RangeError(`a key must not be ${FORBIDDEN_KEY}`);
}

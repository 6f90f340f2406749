/** A run of `deno test`: a folder and what its tests may do. */
export interface Suite {
  readonly name: string;
  readonly paths: readonly string[];
  readonly flags: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Test files that run at once for each core: more than one where tests wait for processes most of the time. */
  readonly jobsPerCore?: number;
  /** The tests of each folder share an isolate, for starting one takes longer than they do; names of folders to leave out. */
  readonly isolatePerFolder?: { readonly without: readonly string[] };
  /**
   * The suite starts processes. Those of a `measured` one run from the sources when coverage is measured, all others
   * from the bundle: what they run is covered by then.
   */
  readonly processes?: "measured" | "not measured";
}

/** Real processes, temporary folders and servers on this machine; nothing beyond it. */
const THIS_MACHINE = [
  "--allow-read",
  "--allow-write",
  "--allow-env",
  "--allow-run",
  "--allow-sys",
  "--allow-net=127.0.0.0/8,[::1],localhost",
];

/** `scripts` reads variables as unset because the TypeScript compiler asks for some while it loads. */
export const SUITES: readonly Suite[] = [
  { name: "unit", paths: ["tests/unit"], flags: [], jobsPerCore: 1, isolatePerFolder: { without: ["scripts"] } },
  { name: "scripts", paths: ["tests/unit/scripts"], flags: ["--ignore-env"] },
  { name: "conformance", paths: ["tests/conformance"], flags: THIS_MACHINE, jobsPerCore: 1, processes: "measured" },
  { name: "e2e", paths: ["tests/e2e"], flags: THIS_MACHINE, jobsPerCore: 2, processes: "measured" },
  { name: "fault", paths: ["tests/fault"], flags: THIS_MACHINE, jobsPerCore: 1, processes: "not measured" },
];

/** The suites with these names, all of them when there is none; throws RangeError for a name that is no suite. */
export function chooseSuites(names: readonly string[]): readonly Suite[] {
  const unknown = names.find((name) => !SUITES.some((suite) => suite.name === name));
  if (unknown !== undefined) {
    throw new RangeError(`no suite "${unknown}"; there are: ${SUITES.map(({ name }) => name).join(", ")}`);
  }
  return SUITES.filter(({ name }) => names.length === 0 || names.includes(name));
}

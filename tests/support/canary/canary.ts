import { runAtmos, type RunOutcome } from "../atmos/run_atmos.ts";
import { type LoginWorld, loginWorld, type LoginWorldOptions } from "../runs/login_run.ts";
import { onTerminal } from "../terminal/on_terminal.ts";
import { commandLines } from "../machine/process_watch.ts";
import { secretsIn } from "./secret_forms.ts";

/** Where a login may keep secrets; everything else is a leak. */
const KEPT_IN: readonly RegExp[] = [
  /\/atmos\/[^/]+\/aws\/[^/]+\/credentials$/,
  /\/atmos\/aws-sso\/sessions\/[0-9a-f]{40}\.json$/,
  // A role that tokens for kubectl are made with.
  /(?:^|\/)\.cache\/atmos\/sessions\/[0-9a-f]{64}\.json$/,
];
const LOUD = ["--logs-level=trace", "--verbose"];

export interface CanaryRun {
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  /** Exit status that shows that the flow went where it should; 0 when absent. */
  readonly status?: number | "any";
  /** stdout is where the secret belongs: `auth env` without files, `aws eks token`. */
  readonly handsOver?: true;
}

/** What a flow is played on. */
export interface CanaryStage {
  readonly world: LoginWorld;
  /** Runs `atmos` as loud as it gets, and looks at everything afterwards. */
  atmos(args: readonly string[], run?: CanaryRun): Promise<RunOutcome>;
  /** The same on a terminal, where `answer` is typed after `question`. */
  terminal(
    args: readonly string[],
    run: CanaryRun & { readonly question: string; readonly answer: string },
  ): Promise<void>;
  /** One more text that nobody may see. */
  secret(text: string): void;
  /** Fails when any file still holds a secret, those where they belong included. */
  nothingLeft(): void;
}

export interface CanaryFlow {
  readonly says: string;
  readonly world?: LoginWorldOptions;
  /** What the flow brings along itself: tokens of CI jobs, keys, passwords. */
  readonly secrets?: readonly string[];
  /** Where secrets may lie in this flow besides {@link KEPT_IN}, such as a file that the test puts there. */
  readonly keptIn?: readonly RegExp[];
  readonly play: (stage: CanaryStage) => Promise<void>;
}

/** Plays a flow; gives every leak a line. Throws when a command ends with another status than it should. */
export async function leaksOf(flow: CanaryFlow): Promise<readonly string[]> {
  await using world = await loginWorld(flow.world);
  const stage = new Stage(world, flow);
  const lines = await commandLines(world.home.path, () => flow.play(stage));
  if (stage.runs > 0 && ![...lines].some((line) => line.includes(LOUD.join(" ")))) throw new Error("ps saw no atmos");
  stage.look("ps", [...lines].join("\n"));
  return stage.leaks;
}

class Stage implements CanaryStage {
  readonly world: LoginWorld;
  readonly leaks: string[] = [];
  runs = 0;
  readonly #secrets: string[];
  readonly #keptIn: readonly RegExp[];

  constructor(world: LoginWorld, { secrets = [], keptIn = [] }: CanaryFlow) {
    this.world = world;
    this.#secrets = [...secrets];
    this.#keptIn = [...KEPT_IN, ...keptIn];
    Deno.mkdirSync(world.home.at("tmp"));
  }

  readonly atmos: CanaryStage["atmos"] = async (args, run = {}) => {
    const { stdin } = run;
    const outcome = await runAtmos(loud(args), {
      env: this.#env(run),
      cwd: this.world.home.at("repo"),
      isMeasured: false,
      ...(stdin === undefined ? {} : { stdin }),
    });
    this.#judge(args, { ...run, found: outcome.status, said: outcome.stderr });
    if (!run.handsOver) this.look(`stdout of ${args.join(" ")}`, outcome.stdout);
    return outcome;
  };

  readonly terminal: CanaryStage["terminal"] = async (args, run) => {
    const { question, answer } = run;
    const cwd = this.world.home.at("repo");
    const play = { args: loud(args), question, answer, env: this.#env(run), cwd, isMeasured: false };
    const { status, shown } = await onTerminal(play);
    this.#judge(args, { ...run, found: status, said: shown });
  };

  secret(text: string): void {
    this.#secrets.push(text);
  }

  nothingLeft(): void {
    this.#lookAtFiles([]);
  }

  look(where: string, text: string): void {
    const secrets = [...this.world.aws.secrets(), ...this.#secrets];
    for (const secret of secretsIn(text, secrets)) this.leaks.push(`${secret} in ${where}`);
  }

  #env({ env = {} }: CanaryRun): Record<string, string> {
    return this.world.env({ TMPDIR: this.world.home.at("tmp"), ...env });
  }

  #judge(args: readonly string[], run: CanaryRun & { readonly found: number; readonly said: string }): void {
    this.runs++;
    const { found, said, status = 0 } = run;
    const line = args.join(" ");
    if (status !== "any" && found !== status) {
      throw new Error(`atmos ${line} ended with ${found}, not with ${status}: ${said}`);
    }
    this.look(`stderr of ${line}`, said);
    this.#lookAtFiles(this.#keptIn);
  }

  #lookAtFiles(allowed: readonly RegExp[]): void {
    for (const path of this.world.home.files()) {
      if (!allowed.some((one) => one.test(path))) this.look(path, path + textOf(this.world.home.at(path)));
    }
  }
}

/** Byte for byte, whatever it is; of a link where it points to. */
function textOf(path: string): string {
  const { isSymlink, isFile } = Deno.lstatSync(path);
  if (isSymlink) return Deno.readLinkSync(path);
  return isFile ? new TextDecoder("latin1").decode(Deno.readFileSync(path)) : "";
}

/** Before `--`, which ends the flags. */
function loud(args: readonly string[]): readonly string[] {
  const end = args.indexOf("--");
  return end < 0 ? [...args, ...LOUD] : [...args.slice(0, end), ...LOUD, ...args.slice(end)];
}

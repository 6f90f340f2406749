import { AppError } from "../../../src/errors.ts";
import { OtherComponents } from "../../../src/stacks/other_components.ts";
import { findComponent } from "../../../src/stacks/find_component.ts";
import { plainData } from "../../../src/stacks/settings/plain_data.ts";
import { REPO, stackRepository } from "./stack_repository.ts";

export interface FinishInput {
  readonly files: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  /** More of atmos.yaml. */
  readonly config?: string;
}

const CONFIG = `stacks: {base_path: stacks, included_paths: ["deploy/*"], name_template: "{{ .vars.stage }}"}
templates: {settings: {enabled: true}}
`;

/** What the component `app` of the stack `dev` comes to, and what could not be worked out; or the error, with its place. */
export async function finishedComponent({ files, env = {}, config = "" }: FinishInput): Promise<{
  readonly vars: unknown;
  readonly unresolved: readonly string[];
}> {
  const { host, index } = await stackRepository({ "atmos.yaml": CONFIG + config, ...files }, env);
  const found = await findComponent(index, { name: "app", stack: "dev" });
  const { section, unresolved } = await new OtherComponents(host, index).finish(found);
  const { vars } = JSON.parse(JSON.stringify(plainData(section)));
  return { vars, unresolved: unresolved.map(({ error }) => shown(error)) };
}

/** `file:line:column: message` of what it throws. */
export async function finishError(input: FinishInput): Promise<string> {
  try {
    const { vars } = await finishedComponent(input);
    return `none: ${JSON.stringify(vars)}`;
  } catch (error) {
    if (error instanceof AppError) return shown(error);
    throw error;
  }
}

function shown({ message, place }: AppError): string {
  const where = place === undefined ? "" : `${place.file}:${place.line}:${place.column}: `;
  return `${where}${message}`.replaceAll(`${REPO}/`, "").replace(/Cannot read stack manifest "[^"]*": /, "");
}

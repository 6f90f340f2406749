import { findComponent } from "../../../src/stacks/find_component.ts";
import { OtherComponents } from "../../../src/stacks/other_components.ts";
import { plainData } from "../../../src/stacks/settings/plain_data.ts";
import { stackRepository } from "./stack_repository.ts";

type Section = Readonly<Record<string, unknown>>;

interface DescribeInput {
  readonly component?: string;
  readonly stack?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** A component as `describe component` has it, and what was said of values that could not be worked out. */
export async function described(
  files: Readonly<Record<string, string>>,
  { component = "app", stack = "dev", env = {} }: DescribeInput = {},
): Promise<{ readonly section: Section; readonly vars: Section; readonly warnings: readonly string[] }> {
  const { host, index } = await stackRepository(files, env);
  const found = await findComponent(index, { name: component, stack });
  const { section, unresolved } = await new OtherComponents(host, index).finish(found);
  const data = plainData(section) as Section;
  const warnings = unresolved.map(({ error }) => error.message.replace(/^Cannot read stack manifest "[^"]*": /, ""));
  return { section: data, vars: data["vars"] as Section, warnings };
}

import { joinNames, showValue } from "../../config/schema/messages.ts";
import { showKey } from "../../config/values/fetched.ts";
import type { LocatedScalar } from "../../config/values/located.ts";
import { AppError } from "../../errors.ts";
import { isTemplate } from "../../formats/go_template/render_template.ts";
import type { Component } from "./component.ts";
import { OVERRIDABLE } from "./merged_section.ts";

/** Returns what is said of a component in vain. Nothing fails because of it. */
export function componentDoubts(component: Component): readonly AppError[] {
  return [...stateDoubts(component), ...overridesDoubts(component)];
}

function overridesDoubts(component: Component): readonly AppError[] {
  const said = component.part("overrides")?.value;
  if (said?.kind !== "map") return [];
  return [...said.entries].filter(([name]) => !OVERRIDABLE.includes(name)).map(([name, { key, fetched }]) =>
    doubt(`overrides.${showKey(name, fetched)} has no effect: available are ${joinNames(OVERRIDABLE)}`, { place: key })
  );
}

/** Nothing is said of the type of a backend, or there is none at all. */
function stateDoubts(component: Component): readonly AppError[] {
  if (component.kind !== "terraform") return [];
  const own = typeAt(component, "backend_type");
  const remote = typeAt(component, "remote_state_backend_type") ?? own;
  return [
    ...findDoubts(component, { of: "backend", type: own }),
    ...findDoubts(component, { of: "remote_state_backend", type: remote }),
  ];
}

function typeAt(component: Component, name: string): LocatedScalar | undefined {
  const type = component.part(name)?.value;
  return type?.kind === "scalar" && type.text !== "" ? type : undefined;
}

function findDoubts(
  component: Component,
  { of, type }: { readonly of: string; readonly type: LocatedScalar | undefined },
): readonly AppError[] {
  const said = component.part(of)?.value;
  if (said?.kind !== "map" || said.entries.size === 0) return [];
  if (type === undefined) return [doubt(`${of} has no effect: there is no backend_type`, said)];
  const isOpen = type.call !== undefined || isTemplate(type.text);
  if (isOpen || said.entries.has(type.text)) return [];
  return [doubt(`${of} has no effect: the backend type is ${showValue(type)}, which it does not configure`, said)];
}

function doubt(message: string, { place }: Pick<LocatedScalar, "place">): AppError {
  return new AppError("config-invalid", message, { place });
}

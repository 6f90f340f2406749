import type { Trust } from "../../config/trust/trust_gate.ts";
import { AppError } from "../../errors.ts";
import { remedy, TRUST } from "../../remedy.ts";
import type { Integration } from "./model.ts";

/** What an integration is called, and whose it is: references, which trust has been asked for where they are followed. */
const OPEN: ReadonlySet<string | symbol> = new Set(
  ["kind", "name", "place", "via", "autoProvision", "powers", "definedIn", "clashes"] satisfies (
    | keyof Integration
    | "clashes"
  )[],
);

const sealed = new WeakMap<Integration, Integration>();

/**
 * Returns the same integrations, of which no one can read the values, such as a cluster's region, before all of an
 * integration's powers have passed the gate. Reading throws AppError "untrusted".
 */
export function sealIntegrations(
  integrations: ReadonlyMap<string, Integration>,
  trust: Pick<Trust, "hasPassed">,
): ReadonlyMap<string, Integration> {
  return new Map([...integrations].map(([name, one]) => [name, seal(one, trust)]));
}

function seal(one: Integration, trust: Pick<Trust, "hasPassed">): Integration {
  const proxy = new Proxy(one, {
    get(target, key) {
      if (!OPEN.has(key) && Object.hasOwn(target, key) && !trust.hasPassed(one.powers)) throw makeRefusal(one);
      return Reflect.get(target, key);
    },
  });
  sealed.set(proxy, one);
  return proxy;
}

/**
 * Returns an integration with its values, whether they are trusted or not: to compare them with others, or to ask for
 * trust in some of them alone. What is read so must neither be sent nor name a file, nor be shown.
 */
export function peek<I extends Integration>(integration: I): I {
  return (sealed.get(integration) ?? integration) as I;
}

function makeRefusal({ name, place }: Integration): AppError {
  return new AppError("untrusted", `Cannot use integration "${name}": a setting of it is not trusted`, {
    place,
    hint: remedy`Read its settings, then: ${TRUST}`,
  });
}

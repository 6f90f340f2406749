import { watchClock } from "../../../aws/errors/clock_skew.ts";
import type { Host, Needs } from "../../../host/host.ts";
import { readOnlyPorts } from "../../../host/refusing_ports.ts";
import { checkClock } from "../../doctor/caller_steps.ts";
import { readConfiguration } from "../../doctor/configuration_steps.ts";
import { chooseClaim, chooseOrFail, examineCaller } from "../../doctor/examine_caller.ts";
import { checkBrowser, checkKeyring, checkSession } from "../../doctor/login_steps.ts";
import { checkNetwork } from "../../doctor/network_step.ts";
import { reportSteps } from "../../doctor/report_steps.ts";
import { skipped, type Step } from "../../doctor/step.ts";
import { type Claim, listClaims } from "../../login/credential_claims.ts";
import type { LoginCommandHost } from "../../login/login_command_host.ts";
import { checkOneSelection } from "../../login/select_identity.ts";
import type { LoadedAuth } from "../../project/load.ts";
import type { AuthDoctorInput } from "./command.ts";

/** `atmos auth doctor`: what a login and its credentials need, step by step. Changes nothing. */
export async function runAuthDoctor(given: Omit<Host, "write" | "loopback">, input: AuthDoctorInput): Promise<number> {
  const host: LoginCommandHost = { ...given, ...readOnlyPorts() };
  const { flags: { output }, globals, args: [argument] } = input;
  checkOneSelection(host, { doing: "examine", globals, argument, wider: undefined });
  const steps = await examine(host, input);
  return reportSteps(host, { steps, output, globals });
}

async function examine(given: LoginCommandHost, input: AuthDoctorInput): Promise<readonly Step[]> {
  const { globals } = input;
  const { host, last } = watchClock(given);
  const { auth, steps } = await readConfiguration(host, globals);
  const chosen = await chooseOrFail(() => chooseIdentity(host, { input, auth }));
  const caller = await examineCaller(host, { auth, globals, chosen, region: undefined });
  const { chain } = caller;
  const isTrusted = caller.steps.every(({ id, state }) => id !== "trust" || state === "ok");
  const isUsable = caller.steps.every(({ id, state }) => id !== "identity" || state === "ok");
  const network = isUsable
    ? await checkNetwork(host, { chain, isTrusted })
    : skipped("the identity sets the AWS endpoint, and cannot be used");
  // Services that give no one credentials have a clock as well.
  const timed = caller.steps.map((step) =>
    step.id === "clock" && step.state === "skipped" ? { ...step, ...checkClock(host, last()) } : step
  );
  return [
    ...steps,
    ...timed,
    { id: "session", ...await checkSession(host, chain) },
    { id: "keyring", ...await checkKeyring(host, { auth, chain, isTrusted }) },
    { id: "browser", ...checkBrowser(host) },
    { id: "network", ...network },
  ];
}

async function chooseIdentity(
  host: Needs<"env">,
  { input: { args: [argument], globals }, auth }: {
    readonly input: AuthDoctorInput;
    readonly auth: LoadedAuth | undefined;
  },
): Promise<Claim> {
  if (argument !== undefined) return { kind: "identity", name: argument, by: "--identity" };
  return await chooseClaim(host, { claims: listClaims(host, { globals }), auth });
}

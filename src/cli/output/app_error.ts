import { AppError, type ErrorCode } from "../../errors.ts";
import { CURRENT_DIRECTORY, FileError } from "../../host/files/file_error.ts";
import { EnvError } from "../../host/process/env_error.ts";
import { readRefusal } from "../../host/process/permissions.ts";
import { NetError, type NetErrorKind } from "../../host/net/net_error.ts";

/** What anything that was thrown means for a user: the outermost catch hands everything through here. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof FileError) return fileFailure(error);
  if (error instanceof NetError) return netFailure(error);
  if (error instanceof EnvError) return variableFailure(error);
  const refused = refusal(error);
  return refused === undefined ? bug(error) : notCapable(refused);
}

function fileFailure(error: FileError): AppError {
  if (error.path === CURRENT_DIRECTORY) return explainCurrentDirectory(error);
  const found = error.kind.replaceAll("-", " ");
  return new AppError("internal", `Cannot ${error.operation} "${error.path}": ${found}`, { cause: error });
}

function explainCurrentDirectory(error: FileError): AppError {
  const { kind, cause } = error;
  const isText = !(cause instanceof Error && cause.name === "InvalidData");
  const found = !isText
    ? "its path is not UTF-8"
    : kind === "not-found"
    ? "it does not exist any more"
    : kind.replaceAll("-", " ");
  return new AppError("usage", `Cannot use ${CURRENT_DIRECTORY}: ${found}`, {
    cause: error,
    hint: "Change to another directory first",
  });
}

function variableFailure(error: EnvError): AppError {
  return new AppError("usage", `Cannot read the environment: ${error.message}`, {
    cause: error,
    hint: `Set it to a text in UTF-8, or remove it: unset ${error.variable}`,
  });
}

const NET_CODES: Partial<Record<NetErrorKind, ErrorCode>> = {
  "not-allowed": "host-not-allowed",
  "timeout": "timeout",
  "aborted": "interrupted",
  "bad-proxy": "config-invalid",
};

function netFailure(error: NetError): AppError {
  const remedy = error.remedy === undefined ? {} : { hint: error.remedy };
  const code = NET_CODES[error.kind] ?? "unreachable";
  return new AppError(code, `Cannot reach "${error.host}": ${error.message}`, { ...remedy, cause: error });
}

/** The runtime's own refusal, wherever it lies in the chain of causes. */
function refusal(error: unknown): Error | undefined {
  for (let one = error; one instanceof Error; one = one.cause) {
    if (one.name === "NotCapable") return one;
  }
  return undefined;
}

function notCapable(error: Error): AppError {
  const { permission, thing } = readRefusal(error.message);
  if (permission === "net" && thing !== undefined) return explainHostNotAllowed(thing, error);
  const what = permission === undefined ? "a permission" : `the permission "${permission}"`;
  const message = `Cannot use ${what}${thing ? ` for "${thing}"` : ""}: this process does not have it`;
  return new AppError("internal", message, {
    cause: error,
    hint: `Start atmos with the permissions it is built with. ${BUG}`,
  });
}

function explainHostNotAllowed(host: string, cause: Error): AppError {
  const message = `Cannot reach "${host}": this build of atmos is not allowed to connect to that host`;
  return new AppError("host-not-allowed", message, {
    cause,
    hint: `Build one that may: deno task compile --allow-host ${host}`,
  });
}

const BUG = "If you did, this is a bug in atmos; please report it.";

/** JSON and YAML parsers quote their input, which may hold secrets, so their messages are not repeated. */
function bug(error: unknown): AppError {
  const found = error instanceof SyntaxError || !(error instanceof Error)
    ? getErrorName(error)
    : `${error.name}: ${error.message}`;
  const hint = "This is a bug in atmos. Please report it with the output of the same command and --verbose.";
  return new AppError("internal", `Cannot continue: ${found}`, { cause: error, hint });
}

function getErrorName(error: unknown): string {
  return error instanceof Error ? error.name : `a thrown ${typeof error}`;
}

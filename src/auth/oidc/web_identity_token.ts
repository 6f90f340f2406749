import { Answer, KEY, UnusableAnswer } from "../../aws/client/answer.ts";
import { askRepeatedly } from "../../aws/errors/ask_repeatedly.ts";
import { AppError } from "../../errors.ts";
import { jsonFields } from "../../formats/json/fields.ts";
import { lenientUtf8 } from "../../formats/text/utf8.ts";
import type { Needs } from "../../host/host.ts";
import { isFileError } from "../../host/files/file_error.ts";
import { Secret } from "../../secret.ts";
import { expandHome } from "../../store/paths.ts";

interface TokenInput {
  readonly audience: string;
  /** Path of a file with the token, as configured; the job's own ways to one do not count then. */
  readonly file?: string | undefined;
}

/**
 * The OIDC token of a CI job: in the file that is configured, else asked for at GitHub Actions, else in the file that AWS_WEB_IDENTITY_TOKEN_FILE names, as
 * GitLab, Buildkite, CircleCI and Kubernetes jobs have it. AppError "login-needed" where there is neither.
 * https://docs.github.com/actions/reference/security/oidc
 */
export async function webIdentityToken(
  host: Needs<"net" | "clock" | "read" | "env">,
  { audience, file }: TokenInput,
): Promise<Secret> {
  if (file !== undefined) {
    return tokenOfFile(host, {
      path: expandHome(host, file) ?? file,
      hint: "Correct spec.token_file of the provider",
    });
  }
  const url = host.env.get("ACTIONS_ID_TOKEN_REQUEST_URL");
  const bearer = host.env.get("ACTIONS_ID_TOKEN_REQUEST_TOKEN");
  if (url !== undefined && bearer !== undefined) {
    return await askGithub(host, { url, bearer: new Secret(bearer), audience });
  }
  const path = host.env.get("AWS_WEB_IDENTITY_TOKEN_FILE");
  if (path !== undefined) {
    return tokenOfFile(host, { path, hint: "Set AWS_WEB_IDENTITY_TOKEN_FILE to the file that has the token" });
  }
  throw new AppError("login-needed", "Cannot get the CI job's OIDC token: the job does not provide one", {
    hint: "In GitHub Actions give the job `permissions: id-token: write`; elsewhere set AWS_WEB_IDENTITY_TOKEN_FILE",
  });
}

async function askGithub(
  host: Needs<"net" | "clock">,
  { url, bearer, audience }: { url: string; bearer: Secret; audience: string },
): Promise<Secret> {
  const target = URL.parse(url);
  if (target === null) throw githubFailure("ACTIONS_ID_TOKEN_REQUEST_URL is not a URL", URL_HINT);
  target.searchParams.set("audience", audience);
  const headers = { authorization: `Bearer ${bearer.reveal()}`, accept: "application/json" };
  const request = { url: target.href, method: "GET", headers };
  const asked = { request, doing: DOING, service: "GitHub", maxAttempts: MAX_ATTEMPTS };
  const { status, body } = await askRepeatedly(host, asked);
  try {
    if (status !== 200) throw githubFailure(`GitHub answered with status ${status}`);
    return new Secret(new Answer(jsonFields(lenientUtf8(body))).text("value", KEY));
  } catch (error) {
    if (error instanceof UnusableAnswer) throw cutAnswer(error);
    throw error;
  }
}

/** GitHub refuses with a status: a 200 without a token is broken off, or not GitHub's. */
function cutAnswer({ found }: UnusableAnswer): AppError {
  return new AppError("unreachable", `Cannot ${DOING}: the response from GitHub ${found}`, {
    hint: "Try again in a minute; the problem is at GitHub, or in the network",
  });
}

const DOING = "get the CI job's OIDC token";
/** As often as the AWS SDK asks. */
const MAX_ATTEMPTS = 3;
const URL_HINT = "GitHub sets it in a job that has `permissions: id-token: write`: see what has changed it";

function githubFailure(found: string, hint = "Give the job `permissions: id-token: write`"): AppError {
  return new AppError("login-denied", `Cannot ${DOING}: ${found}`, { hint });
}

function tokenOfFile(host: Needs<"read">, { path, hint }: { readonly path: string; readonly hint: string }): Secret {
  const fail = (found: string, cause?: unknown) =>
    new AppError("login-needed", `Cannot read OIDC token "${path}": ${found}`, {
      hint,
      ...(cause === undefined ? {} : { cause }),
    });
  try {
    const token = host.read.stat(path)?.isFile === true ? lenientUtf8(host.read.bytes(path)).trim() : "";
    if (/^[\x21-\x7e]+$/.test(token)) return new Secret(token);
    if (token !== "") throw fail("it contains no token");
  } catch (error) {
    if (isFileError(error)) throw fail("it cannot be read", error);
    throw error;
  }
  throw fail("it does not exist or is empty");
}

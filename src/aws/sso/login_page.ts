import { AppError } from "../../errors.ts";

/**
 * The page of a login, which is handed to the program that opens web pages: that takes more than web pages. AppError
 * "login-denied" for what is neither https nor on this machine.
 */
export function loginPage(text: string): string {
  const url = URL.parse(text);
  const local = url?.protocol === "http:" && /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
  if (url !== null && (url.protocol === "https:" || local)) return url.href;
  throw new AppError("login-denied", `Cannot start the login: its page ${JSON.stringify(text)} is not an https URL`, {
    hint: "Check AWS_ENDPOINT_URL: AWS itself answers with an https URL.",
  });
}

import type { LoginTalk } from "../../auth/flow/login_host.ts";
import type { ProvisionReport } from "./provision_report.ts";

/** A talk in the middle of a report: what it shows stays, and while a person types nothing is drawn. */
export function talkBeside(talk: LoginTalk, report: Pick<ProvisionReport, "leave" | "during">): LoginTalk {
  const beside = <A extends unknown[]>(tell: (...args: A) => void) => (...args: A) => {
    report.leave();
    tell(...args);
  };
  return {
    ...talk,
    say: beside(talk.say),
    warn: beside(talk.warn),
    showDevice: beside(talk.showDevice),
    showPage: beside(talk.showPage),
    during(line, work) {
      report.leave();
      return talk.during(line, work);
    },
    ask: (question) => report.during(() => talk.ask(question)),
    choose: (choice) => report.during(() => talk.choose(choice)),
  };
}

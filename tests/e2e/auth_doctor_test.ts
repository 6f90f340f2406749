import { type DoctorCase, testCases } from "../support/runs/doctor_case.ts";
import { CONFIG, logIn, SSO, withIdentity } from "../support/runs/doctor_identity.ts";
import { viewer } from "../support/runs/doctor_world.ts";
import { USER_KEY } from "../support/standin/keys.ts";

const AUTH: Pick<DoctorCase, "command" | "hasNoEntry" | "aws"> = {
  command: ["auth", "doctor"],
  hasNoEntry: true,
  aws: SSO,
};
const USER = `auth:
  keyring: {type: file, spec: {path: ~/keyring}}
  identities: {dev: {kind: aws/user, credentials: {region: us-east-2, webflow_enabled: false}}}
`;

testCases({
  "auth doctor: an identity that is logged in": {
    ...AUTH,
    break: logIn,
    status: 0,
    steps: {
      identity: ["ok", /identity "dev" \(the default of atmos\.yaml\): sso -> dev/],
      caller: ["ok", /assumed-role\/AWSReservedSSO_Admin/],
      session: ["ok", /session at https:\/\/corp\.awsapps\.com\/start: expires in .*, and it is renewed without you/],
      keyring: ["skipped", /no secret of a keyring is needed/],
      browser: ["ok", /code to confirm anywhere|opens its page/],
      network: ["ok", /^http\S+ answers$/],
    },
  },
  "auth doctor: an identity that is not logged in": {
    ...AUTH,
    break: (world) => withIdentity(world),
    status: 4,
    steps: {
      credentials: ["failure", /Cannot use identity "dev": it is not logged in/, /^atmos auth login dev$/m],
      clock: ["ok", /within a minute/],
      session: ["warning", /there is no session at/, /^atmos auth login dev$/m],
    },
    isFixed: true,
  },
  "auth doctor: a session that has expired": {
    ...AUTH,
    async break(world) {
      await logIn(world);
      const path = world.home.files().find((one) => /aws-sso\/sessions\/[0-9a-f]+\.json$/.test(one))!;
      const { refreshToken: _, ...session } = JSON.parse(world.home.read(path)!);
      world.home.write(path, JSON.stringify({ ...session, expiresAt: "2020-01-01T00:00:00Z" }), 0o600);
    },
    status: 0,
    steps: {
      credentials: ["ok", /expires in/],
      session: ["warning", /expired, and a new one needs you/, /^atmos auth login dev --force$/m],
    },
    isFixed: true,
  },
  "auth doctor: a setting that is not trusted, and is not used": {
    ...AUTH,
    break(world) {
      withIdentity(
        world,
        CONFIG.replace("  realm: test\n", "").replace("sso: {", "sso: {spec: {endpoint_url: http://127.0.0.1:1}, "),
      );
      world.variables["ATMOS_TRUST"] = "0";
    },
    status: 3,
    steps: {
      trust: ["failure", /endpoint_url: it sets the AWS endpoint, and is not trusted/, /^atmos auth trust/m],
      credentials: ["failure", /endpoint_url/],
      session: ["warning", /there is no session/],
      network: ["skipped", /not trusted/],
    },
    notFollowed: "it asks at a terminal",
  },
  "auth doctor: an identity that is not there": {
    ...AUTH,
    break: (world) => withIdentity(world),
    args: ["def"],
    status: 3,
    steps: {
      identity: ["failure", /there is no identity of that name, did you mean "dev"/],
      network: ["skipped", /cannot be used/],
    },
  },
  "auth doctor: a user whose keys no keyring has": {
    ...AUTH,
    break: (world) => withIdentity(world, USER),
    status: 4,
    steps: {
      credentials: ["failure", /identity "dev"/],
      keyring: ["warning", /has no keys of "dev"/, /^atmos auth user configure --identity dev$/m],
    },
    notFollowed: "it asks for keys at a terminal",
  },
  "auth doctor: a network that leads to no AWS": {
    ...AUTH,
    async break(world) {
      await logIn(world);
      world.variables["AWS_ENDPOINT_URL"] = "http://127.0.0.1:1";
    },
    status: 7,
    steps: {
      caller: ["failure", /127\.0\.0\.1/],
      network: ["failure", /Cannot reach "127\.0\.0\.1:1"/],
    },
  },
  "auth doctor: no configuration, and keys in the environment": {
    ...AUTH,
    aws: { accessEntries: [viewer(USER_KEY.principal)] },
    status: 0,
    steps: {
      configuration: ["ok", /there is no atmos\.yaml/],
      identity: ["ok", /access key \w+ \(AWS_ACCESS_KEY_ID\)/],
      session: ["skipped", /no session/],
    },
  },
});

/** A kubeconfig as `aws eks update-kubeconfig` leaves it after many clusters, each with 1.5 KB of CA data. */
export function bigKubeconfig(entries: number): string {
  const ids = Array.from({ length: entries }, (_, index) => index);
  return [
    "apiVersion: v1\nclusters:\n",
    ...ids.map(clusterEntry),
    "contexts:\n",
    ...ids.map(contextEntry),
    `current-context: ${arn(0)}\nkind: Config\npreferences: {}\nusers:\n`,
    ...ids.map(userEntry),
  ].join("");
}

function arn(index: number): string {
  return `arn:aws:eks:us-east-2:123456789012:cluster/bench-${index}`;
}

function clusterEntry(index: number): string {
  const data = btoa(`-----BEGIN CERTIFICATE-----\n${String(index).padStart(1080, "abcdefghijklmnopqrstuvwxyz")}\n`);
  return `- cluster:\n    certificate-authority-data: ${data}\n` +
    `    server: https://BENCH${index}.gr7.us-east-2.eks.amazonaws.com\n  name: ${arn(index)}\n`;
}

function contextEntry(index: number): string {
  return `- context:\n    cluster: ${arn(index)}\n    user: ${arn(index)}\n  name: ${arn(index)}\n`;
}

function userEntry(index: number): string {
  return `- name: ${arn(index)}\n  user:\n    exec:\n      apiVersion: client.authentication.k8s.io/v1beta1\n` +
    `      args:\n      - --region\n      - us-east-2\n      - eks\n      - get-token\n      - --cluster-name\n` +
    `      - bench-${index}\n      - --output\n      - json\n      command: aws\n`;
}

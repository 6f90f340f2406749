/** Whether a program is on PATH; where it is not, says which test is skipped for want of it. */
export function hasProgram(name: string, test: string): boolean {
  const found = (Deno.env.get("PATH") ?? "").split(":").some((folder) => isFile(`${folder}/${name}`));
  if (!found) console.log(`SKIP ${test}: ${name} is not on PATH`);
  return found;
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}

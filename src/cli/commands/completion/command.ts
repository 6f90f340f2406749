import { command } from "../../args/command.ts";

export const definition = command({
  name: "completion",
  summary: "Print what makes a shell complete commands, flags and names of the configuration",
  flags: {},
  args: { placeholder: "shell", summary: "bash, zsh, fish or powershell", max: 1, complete: ["shell"] },
  examples: [
    { says: "Bash: put into ~/.bashrc: source <(atmos completion bash)", line: "atmos completion bash" },
    {
      says: "Zsh: put into ~/.zshrc, after compinit: source <(atmos completion zsh)",
      line: "atmos completion zsh",
    },
    {
      says: "Fish: atmos completion fish > ~/.config/fish/completions/atmos.fish",
      line: "atmos completion fish",
    },
    {
      says: "PowerShell: put into $PROFILE: atmos completion powershell | Out-String | Invoke-Expression",
      line: "atmos completion powershell",
    },
  ],
  needs: ["terminal"],
  async run(host, { args }) {
    const { runCompletion } = await import("./run.ts");
    return await runCompletion(host, args[0]);
  },
});

import { command } from "../../args/command.ts";

export const definition = command({
  name: "completion",
  summary: "Generate a shell completion script",
  flags: {},
  args: { placeholder: "shell", summary: "bash, zsh, fish or powershell", max: 1, complete: ["shell"] },
  examples: [
    { says: "Bash: add to ~/.bashrc: source <(atmos completion bash)", line: "atmos completion bash" },
    {
      says: "Zsh: add to ~/.zshrc, after compinit: source <(atmos completion zsh)",
      line: "atmos completion zsh",
    },
    {
      says: "Fish: run once: atmos completion fish > ~/.config/fish/completions/atmos.fish",
      line: "atmos completion fish",
    },
    {
      says: "PowerShell: add to $PROFILE: atmos completion powershell | Out-String | Invoke-Expression",
      line: "atmos completion powershell",
    },
  ],
  needs: ["terminal"],
  async run(host, { args }) {
    const { runCompletion } = await import("./run.ts");
    return await runCompletion(host, args[0]);
  },
});

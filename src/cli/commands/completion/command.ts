import { command } from "../../args/command.ts";

export const definition = command({
  name: "completion",
  summary: "Generate a shell completion script",
  flags: {},
  args: { placeholder: "shell", summary: "bash, zsh, fish or powershell", max: 1, complete: ["shell"] },
  examples: [
    { says: "Bash: put this line into ~/.bashrc", line: "source <(atmos completion bash)" },
    { says: "Zsh: put this line into ~/.zshrc, after compinit", line: "source <(atmos completion zsh)" },
    { says: "Fish: put this line into ~/.config/fish/config.fish", line: "atmos completion fish | source" },
    {
      says: "PowerShell: put this line into $PROFILE",
      line: "atmos completion powershell | Out-String | iex",
    },
  ],
  needs: ["terminal"],
  async run(host, { args }) {
    const { runCompletion } = await import("./run.ts");
    return await runCompletion(host, args[0]);
  },
});

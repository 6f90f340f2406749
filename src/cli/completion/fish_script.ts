import { scriptText } from "./script.ts";

/** To be sourced, or put into ~/.config/fish/completions. fish quotes the answers by itself. */
export const FISH_SCRIPT = scriptText`# fish completion for atmos: atmos completion fish | source

function __atmos_complete
    set -l words (commandline -opc)
    set -l typed (commandline -ct)
    set -l current (string unescape -- "$typed"; or string replace -r '^["\']' '' -- "$typed")
    set -l program
    # TAB starts nothing that lies in the directory one happens to be in, whatever PATH says.
    for file in $words[1] $PATH/atmos
        if string match -q '/*' -- $file; and test -x "$file"; and not test -d "$file"
            set program $file
            break
        end
    end
    set -q program[1]; or return
    set -l answer (command $program complete -- $words[2..-1] "$current" </dev/null 2>/dev/null)
    set -l head (string match -r -- '^--[^=]+=' "$current")
    set -l rest (string replace -- "$head" '' "$current")
    switch "$answer[1]"
        case words
            set -q answer[2]; and printf '%s\n' $answer[2..-1]
        case files
            for path in (__fish_complete_path "$rest")
                echo -- "$head$path"
            end
        case directories
            for path in (__fish_complete_directories "$rest")
                echo -- "$head$path"
            end
        case command
            # What follows -- is a command line of another program.
            set -l own (string escape -- $words[(math 1 + (contains -i -- -- $words))..-1])
            complete -C "$own $typed"
    end
end

complete -c atmos -e
complete -c atmos -k -f -a '(__atmos_complete)'
`;

import { scriptText } from "./script.ts";

/** Works with and without the package bash-completion; nothing that is typed or answered is ever evaluated. */
export const BASH_SCRIPT = scriptText`# bash completion for atmos: source <(atmos completion bash)

_atmos() {
    local program=\${COMP_WORDS[0]/#\~/$HOME} directory
    # TAB starts nothing that lies in the directory one happens to be in, whatever PATH says.
    if [[ $program != /* || ! -x $program ]]; then
        program=/
        local -a directories=()
        IFS=: read -ra directories <<<"$PATH" || :
        for directory in "\${directories[@]}"; do
            [[ $program == / && $directory == /* && -x $directory/atmos && ! -d $directory/atmos ]] &&
                program=$directory/atmos
        done
    fi
    local line=\${COMP_WORDS[*]:0:COMP_CWORD+1}
    [[ -z \${COMP_LINE-} ]] || line=\${COMP_LINE:0:COMP_POINT}
    local answer kind="" word
    answer=$(command "$program" complete bash -- "$line" "\${2-\${COMP_WORDS[COMP_CWORD]}}" \
        "\${COMP_TYPE-}" "\${COLUMNS-}" </dev/null 2>/dev/null) || :
    COMPREPLY=()
    while IFS= read -r word; do
        if [[ -n $kind ]]; then COMPREPLY+=("$word"); else kind=$word; fi
    done <<<"$answer"
    case $kind in
        files) compopt -o default 2>/dev/null || : ;;
        directories) compopt -o dirnames 2>/dev/null || : ;;
        command) _atmos_command ;;
    esac
}

# What follows -- is a command line of another program.
_atmos_command() {
    local at
    for ((at = 1; at < COMP_CWORD; at++)); do
        [[ \${COMP_WORDS[at]} != -- ]] || break
    done
    if declare -F _command_offset >/dev/null; then
        _command_offset $((at + 1))
    elif ((at + 1 == COMP_CWORD)); then
        local word
        # As names of files they are quoted.
        compopt -o filenames 2>/dev/null || :
        while IFS= read -r word; do
            [[ -z $word ]] || COMPREPLY+=("$word")
        done < <(compgen -c -- "\${COMP_WORDS[COMP_CWORD]}")
    else
        compopt -o default 2>/dev/null || :
    fi
}

complete -F _atmos atmos
`;

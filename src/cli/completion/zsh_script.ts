import { scriptText } from "./script.ts";

/** To be sourced after compinit, or put into a directory of $fpath as _atmos. zsh quotes the answers by itself. */
export const ZSH_SCRIPT = scriptText`#compdef atmos
# zsh completion for atmos: source <(atmos completion zsh)

_atmos() {
    local program=\${words[1]/#\~/$HOME} word value
    local -a answer shown
    # TAB starts nothing that lies in the directory one happens to be in, whatever PATH says.
    if [[ $program != /* || ! -x $program ]]; then
        program=/
        for word in $path; do
            [[ $program == / && $word == /* && -x $word/atmos && ! -d $word/atmos ]] && program=$word/atmos
        done
    fi
    answer=("\${(@f)$(command "$program" complete -- "\${(@Q)words[2,CURRENT-1]}" "\${(Q)PREFIX}" </dev/null 2>/dev/null)}")
    case $answer[1] in
        words)
            for word in "\${(@)answer[2,-1]}"; do
                value=\${word%%$'\t'*}
                value=\${\${value//\\/\\\\}//:/\\:}
                shown+=("$value:\${word#*$'\t'}")
            done
            _describe -V atmos shown
            ;;
        files)
            compset -P '-*='
            _files
            ;;
        directories)
            compset -P '-*='
            _files -/
            ;;
        command)
            # What follows -- is a command line of another program.
            local -i at=\${words[(i)--]}
            shift $at words
            ((CURRENT -= at))
            _normal
            ;;
    esac
}

if [[ $funcstack[1] == _atmos ]]; then
    _atmos "$@"
else
    (($+functions[compdef])) || { autoload -Uz compinit && compinit -i; }
    compdef _atmos atmos
fi
`;

import { scriptText } from "./script.ts";

/** Words go in as base64: Windows PowerShell loses empty words and quotes on the way to a program. */
export const POWERSHELL_SCRIPT = scriptText`# PowerShell completion for atmos
# In $PROFILE: atmos completion powershell | Out-String | Invoke-Expression

Register-ArgumentCompleter -Native -CommandName atmos -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $words = New-Object System.Collections.Generic.List[string]
    $ended = $true
    foreach ($element in $commandAst.CommandElements) {
        $extent = $element.Extent
        if ($extent.StartOffset -ge $cursorPosition) { break }
        $ended = $extent.EndOffset -lt $cursorPosition
        if ($extent.EndOffset -gt $cursorPosition) {
            $words.Add($extent.Text.Substring(0, $cursorPosition - $extent.StartOffset))
        } elseif ($element -is [System.Management.Automation.Language.StringConstantExpressionAst]) {
            $words.Add($element.Value)
        } else {
            $words.Add($extent.Text)
        }
    }
    if ($ended) { $words.Add('') }

    # TAB starts nothing that lies in the directory one happens to be in, whatever PATH says.
    $files = @($words[0])
    foreach ($directory in $env:PATH -split [IO.Path]::PathSeparator) {
        foreach ($name in 'atmos.exe', 'atmos.cmd', 'atmos') { $files += "$directory/$name" }
    }
    $program = $files | Where-Object {
        $_ -match '^(/|[A-Za-z]:[\\/]|\\\\)' -and (Test-Path -LiteralPath $_ -PathType Leaf)
    } | Select-Object -First 1
    if (-not $program) { return }
    $question = [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($words -join "\`n"))
    $encoding = [Console]::OutputEncoding
    try {
        [Console]::OutputEncoding = [Text.Encoding]::UTF8
        $answer = @(& $program complete powershell $question 2>$null)
    } catch {
        $answer = @()
    } finally {
        [Console]::OutputEncoding = $encoding
    }

    # Without an answer PowerShell completes paths; an empty one keeps it from that.
    if ($answer.Count -eq 1 -and $answer[0] -eq 'words') { return '' }
    if ($answer.Count -eq 0 -or $answer[0] -ne 'words') { return }
    foreach ($line in $answer[1..($answer.Count - 1)]) {
        $text, $label, $about = $line -split "\`t", 3
        [System.Management.Automation.CompletionResult]::new($text, $label, 'ParameterValue', $about)
    }
}
`;

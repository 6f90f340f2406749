// Asks Go itself what templates make of data.json: reads and writes lines of JSON, "text" and "failed" made anew.
//
//	GO111MODULE=off go run judge.go < cases.jsonl > new.jsonl
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"text/template"

	"github.com/Masterminds/sprig"
)

type judged struct {
	Template string      `json:"template"`
	Strict   bool        `json:"strict,omitempty"`
	Text     string      `json:"text"`
	Failed   bool        `json:"failed,omitempty"`
}

// YAML has whole numbers, JSON in Go has none.
func whole(value interface{}) interface{} {
	switch v := value.(type) {
	case float64:
		if v == float64(int(v)) {
			return int(v)
		}
	case []interface{}:
		for i := range v {
			v[i] = whole(v[i])
		}
	case map[string]interface{}:
		for k := range v {
			v[k] = whole(v[k])
		}
	}
	return value
}

func main() {
	file, err := os.ReadFile("data.json")
	if err != nil {
		panic(err)
	}
	lines := bufio.NewScanner(os.Stdin)
	out := json.NewEncoder(os.Stdout)
	out.SetEscapeHTML(false)
	for lines.Scan() {
		var one judged
		if err := json.Unmarshal(lines.Bytes(), &one); err != nil {
			panic(err)
		}
		// Anew each time: some functions change what they are given.
		var data interface{}
		if err := json.Unmarshal(file, &data); err != nil {
			panic(err)
		}
		option := "missingkey=default"
		if one.Strict {
			option = "missingkey=error"
		}
		var text bytes.Buffer
		parsed, err := template.New("").Option(option).Funcs(sprig.TxtFuncMap()).Parse(one.Template)
		if err == nil {
			err = parsed.Execute(&text, whole(data))
		}
		one.Failed = err != nil
		if err == nil {
			one.Text = text.String()
		}
		if err := out.Encode(one); err != nil {
			panic(err)
		}
	}
}

### What is wrong with a prompt as typed. Each names the option and shows what works.

prompt-unknown-flag = Unbekannte Option <code>{ $flag }</code>. Es gibt: { $known }
prompt-unknown-flag-suggestion = Unbekannte Option <code>{ $flag }</code>. Meintest du <code>{ $suggestion }</code>?
prompt-flag-twice = <code>{ $flag }</code> kommt zweimal vor.
prompt-missing-value = <code>{ $flag }</code> braucht einen Wert: { $expected }.
prompt-bad-value = <code>{ $flag } { $value }</code> ist ungültig. Möglich ist: { $expected }.
prompt-too-long = Dieser Prompt ist zu lang: { $length } Zeichen, erlaubt sind { $limit }. Bitte kürze ihn.
# $end: the last words that would be drawn
prompt-shorter = Ich kann ihn passend kürzen; er würde dann so enden: „… { $end }“

## What a flag expects; $expected is a list or a range

expected-model = die ID eines Modells: { $expected }
expected-ar = ein Seitenverhältnis: { $expected }
expected-size = Breite und Höhe in Pixeln: { $expected }
expected-no = was nicht im Bild sein soll
expected-seed = eine Zahl, { $expected }
expected-steps = eine Zahl, { $expected }
expected-cfg = eine Zahl, { $expected }
expected-n = eine Zahl, { $expected }

# All prompts of a chain of refinements together
prompt-chain-too-long = Mit allem, was davor kam, ist das zu lang: { $length } Zeichen, höchstens { $limit }. Fang bitte mit /imagine und einem einzigen Prompt neu an, in dem alles steht.

expected-strength = wie stark das Ausgangsbild geändert wird, { $expected }
expected-new = kein Wert
expected-mask = kein Wert
expected-zoom = wie viel mehr zu sehen ist, { $expected }
expected-pan = die Seite, an der es weitergeht: { $expected }

mask-missing = Schick die Maske als Bild: Schreib <code>--mask</code> in die Bildunterschrift und antworte damit auf das Bild, das geändert werden soll. Weißes wird geändert, Schwarzes bleibt.
mask-alone = Zu dieser Maske fehlt ein Bild. Antworte damit auf ein Bild; bei einem Raster tippe erst auf eine Nummer und antworte auf das Bild, das dann kommt.
mask-words = Schreib in die Bildunterschrift auch, was dort sein soll: <code>--mask ein roter Hut</code>
extend-mask = Nimm entweder <code>--mask</code> oder <code>--zoom</code> und <code>--pan</code>, nicht beides.
extend-alone = Antworte damit auf das Bild, das erweitert werden soll; bei einem Raster tippe erst auf eine Nummer und antworte auf das Bild, das dann kommt.
extend-words = Schreib auch, was um das Bild herum ist: <code>{ $flags } ein verschneiter Wald</code>

expected-enhance = { $expected }

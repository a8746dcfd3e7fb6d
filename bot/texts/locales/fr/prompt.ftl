### What is wrong with a prompt as typed. Each names the option and shows what works.

prompt-unknown-flag = Option inconnue : <code>{ $flag }</code>. Options : { $known }
prompt-unknown-flag-suggestion = Option inconnue : <code>{ $flag }</code>. Vouliez-vous dire <code>{ $suggestion }</code> ?
prompt-flag-twice = <code>{ $flag }</code> apparaît deux fois.
prompt-missing-value = <code>{ $flag }</code> attend une valeur : { $expected }.
prompt-bad-value = <code>{ $flag } { $value }</code> n’est pas valide. Indiquez { $expected }.
prompt-too-long = Ce prompt est trop long : { $length } caractères pour une limite de { $limit }. Raccourcissez-le.
# $end: the last words that would be drawn
prompt-shorter = Je peux le couper à la bonne longueur ; il finirait par : « … { $end } »

## What a flag expects; $expected is a list or a range

expected-model = l’id d’un modèle : { $expected }
expected-ar = un format : { $expected }
expected-size = une largeur et une hauteur en pixels : { $expected }
expected-no = ce qui ne doit pas apparaître
expected-seed = un nombre, { $expected }
expected-steps = un nombre, { $expected }
expected-cfg = un nombre, { $expected }
expected-n = un nombre, { $expected }

# All prompts of a chain of refinements together
prompt-chain-too-long = Avec tout ce qui précède, c’est trop long : { $length } caractères, { $limit } au maximum. Recommencez avec /imagine et un seul prompt qui dit tout.

expected-strength = l’ampleur du changement de l’image de départ, { $expected }
expected-new = aucune valeur
expected-mask = aucune valeur
expected-zoom = combien montrer de plus, { $expected }
expected-pan = le côté à étendre : { $expected }

mask-missing = Envoyez le masque sous forme d’image : mettez <code>--mask</code> dans sa légende et répondez avec lui à l’image à modifier. Le blanc est modifié, le noir est conservé.
mask-alone = Ce masque n’a pas d’image à modifier. Répondez avec lui à une image ; pour une grille, touchez d’abord un numéro et répondez à l’image que vous recevez.
mask-words = Dites aussi dans la légende ce qui doit s’y trouver : <code>--mask un chapeau rouge</code>
extend-mask = Utilisez soit <code>--mask</code>, soit <code>--zoom</code> et <code>--pan</code>, pas les deux.
extend-alone = Répondez avec ceci à l’image à étendre ; pour une grille, touchez d’abord un numéro et répondez à l’image que vous recevez.
extend-words = Dites aussi ce qu’il y a autour de l’image : <code>{ $flags } une forêt enneigée</code>

expected-enhance = { $expected }

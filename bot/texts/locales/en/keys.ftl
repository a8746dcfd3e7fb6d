### /key: keys that people bring for models.

# $model: the id of a model; $valid: ids of models
key-help =
    Draw with an API key of your own: <code>/key { $model } YOUR_KEY</code>
    Remove it: <code>/key { $model } off</code>

    Your key is stored encrypted, goes to its own service only, and is never shown. Pictures drawn with it are billed to your account there.

    These models take one: { $valid }
key-usage = Put the key after the model: <code>/key { $model } YOUR_KEY</code>. To remove yours: <code>/key { $model } off</code>
key-unknown = “{ $wanted }” doesn't take a key. These models do: { $valid }
# $host: the server to which the key goes
key-malformed = That doesn't look like a key for { $host }. Copy it again, without spaces.
key-other-service = That looks like a key for { $service }. Here it would have gone to { $host }, so I didn't keep it.
key-kept =
    🔑 Your key for { $host } is stored, encrypted. I use it only there, to draw with: { $models }

    These pictures are billed to your account. To remove the key: <code>/key { $model } off</code>
key-removed = Your key for { $host } has been deleted.
key-none-there = You have no key for { $host }.
# $added: a date
key-line = { $state ->
    [refused] 🔑 { $models } ({ $host }), added { $added }: rejected there. Send another one, or remove it.
    [unreadable] 🔑 { $models } ({ $host }): can't be read any more. Send it again, or remove it.
   *[works] 🔑 { $models } ({ $host }), added { $added }
}
key-nothing-takes-one = No model here takes a key of your own.
key-off = This bot doesn't take API keys of your own.
key-in-private = Keys belong in our private chat. If this message held one, make a new key: others may have seen it.
key-unreadable = I can't read this command any more. Please send it again.
key-not-deleted = ⚠️ I couldn't delete your message. Please delete it yourself: the key is in it.

failure-own-key-refused = { $model } rejected your key, or the key has no access to this model. Send another one with /key, or pick another model.
failure-own-key-quota = Your account for { $model } has no credit or quota left. Top it up, or pick another model.
failure-own-key-gone = Your key for { $model } is no longer here. Send it again with /key, or pick another model.
# In groups, where nobody is to read about somebody's key
failure-own-key = { $model } couldn't draw this for you. Ask me again in our private chat to see why.
reason-own-key-refused = your key was rejected
reason-own-key-quota = your account has no credit left
reason-own-key-gone = your key is no longer here
reason-own-key = details in the private chat

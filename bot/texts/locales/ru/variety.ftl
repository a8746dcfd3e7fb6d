### Несколько разных картинок: варианты в промпте и несколько моделей.

## Варианты

caption-chosen = Варианты: { $words }
caption-part = Картинки { $first }–{ $last } из { $total }
square-seconds = { $seconds } с
many-question = { $count ->
    [one] Получится { $count } картинка.
    [few] Получится { $count } картинки.
   *[many] Получится { $count } картинок.
}
many-cost = Стоимость: <b>{ $cost }</b>
many-too-many = { $count ->
    [one] Получилась бы { $count } картинка, а за раз я рисую не больше { $limit }.
    [few] Получилось бы { $count } картинки, а за раз я рисую не больше { $limit }.
   *[many] Получилось бы { $count } картинок, а за раз я рисую не больше { $limit }.
}
many-far-too-many = { $count ->
    [one] Получилось бы больше { $count } картинки, а за раз я рисую не больше { $limit }.
    [few] Получилось бы больше { $count } картинок, а за раз я рисую не больше { $limit }.
   *[many] Получилось бы больше { $count } картинок, а за раз я рисую не больше { $limit }.
}
button-draw-many = { $count ->
    [one] 🎨 Нарисовать { $count }
    [few] 🎨 Нарисовать все { $count }
   *[many] 🎨 Нарисовать все { $count }
}
button-draw-first = { $count ->
    [one] Только первую { $count }
    [few] Только первые { $count }
   *[many] Только первые { $count }
}
button-draw-none = Не рисовать
prompt-choices-too-deep = { $limit ->
    [one] Варианты в скобках можно вкладывать на { $limit } уровень. Уберите часть вложенных скобок.
    [few] Варианты в скобках можно вкладывать на { $limit } уровня. Уберите часть вложенных скобок.
   *[many] Варианты в скобках можно вкладывать на { $limit } уровней. Уберите часть вложенных скобок.
}
prompt-choices-too-many = { $limit ->
    [one] Когда берётся несколько вариантов, их может быть не больше { $limit }.
    [few] Когда берётся несколько вариантов, их может быть не больше { $limit }.
   *[many] Когда берётся несколько вариантов, их может быть не больше { $limit }.
}

caption-fewer = { $count ->
    [one] Пришла { $count } картинка из { $asked }
    [few] Пришли { $count } картинки из { $asked }
   *[many] Пришло { $count } картинок из { $asked }
}

## Сравнение моделей

button-compare = 🆚 Сравнить модели
button-compare-draw = { $count ->
    [one] 🆚 Сравнить { $count } модель
    [few] 🆚 Сравнить { $count } модели
   *[many] 🆚 Сравнить { $count } моделей
}
button-full-of = 🖼 { $label }
button-use-model = ✓ Выбрать модель
button-use-model-named = ✓ Выбрать { $label }
compare-few = Выберите от { $least } до { $most } моделей.
compare-many = Сравнить можно не больше { $most } моделей.
compare-unused = { $model } не учитывает: { $names }

button-album = 🖼 Все в полном размере

a = "{{ mustache }}"

b = [*a]

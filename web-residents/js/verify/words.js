// What is said of an alert's signature, in the app and on the public page.

export default {
  pl: {
    'verify.title': 'Czy to prawdziwy alert?',
    'verify.checking': 'Sprawdzamy podpis.',
    'verify.ok': 'Tak. Podpis jest prawdziwy: tę treść wydał urząd ({municipality}) i nikt jej nie zmienił.',
    'verify.bad': 'Nie potwierdzono, że ten alert wydał urząd',
    'verify.unsigned': 'Ten alert nie ma podpisu urzędu.',
    'verify.altered': 'Treść różni się od tej, którą podpisał urząd.',
    'verify.bad-signature': 'Podpis nie jest podpisem urzędu albo treść zmieniono po podpisaniu.',
    'verify.foreign': 'Podpis należy do innego alertu albo do innej gminy.',
    'verify.unknown-key': 'Podpisano go kluczem, którego gmina nie ogłosiła.',
    'verify.key-not-valid': 'Podpisano go kluczem, który w chwili wysłania nie był ważny.',
    'verify.unavailable': 'Teraz nie można sprawdzić podpisu. Spróbuj, gdy będzie połączenie z internetem.',
    'verify.advice':
      'Zanim coś zrobisz, upewnij się w urzędzie gminy: telefonicznie albo na jego stronie. Gdy zagrożone jest życie, dzwoń pod 112.',
    'verify.key': 'Klucz gminy, którym go podpisano: {key}.',
  },
  en: {
    'verify.title': 'Is this alert real?',
    'verify.checking': 'Checking the signature.',
    'verify.ok': 'Yes. The signature is genuine: the office ({municipality}) issued this text and nobody has changed it.',
    'verify.bad': 'Not confirmed as issued by the office',
    'verify.unsigned': 'This alert carries no signature of the office.',
    'verify.altered': 'The text differs from the one that the office signed.',
    'verify.bad-signature': 'The signature is not the office’s, or the text was changed after signing.',
    'verify.foreign': 'The signature belongs to another alert or to another municipality.',
    'verify.unknown-key': 'It was signed with a key that the municipality has not announced.',
    'verify.key-not-valid': 'It was signed with a key that was not valid when it was sent.',
    'verify.unavailable': 'The signature cannot be checked now. Try again when you are online.',
    'verify.advice':
      'Before you act on it, make sure with the municipal office: by phone or on its website. When life is in danger, call 112.',
    'verify.key': 'The municipality’s key that signed it: {key}.',
  },
  uk: {
    'verify.title': 'Чи це справжнє сповіщення?',
    'verify.checking': 'Перевіряємо підпис.',
    'verify.ok': 'Так. Підпис справжній: цей текст видало управління ({municipality}), і ніхто його не змінив.',
    'verify.bad': 'Не підтверджено, що це сповіщення видало управління ґміни',
    'verify.unsigned': 'Це сповіщення не має підпису управління.',
    'verify.altered': 'Текст відрізняється від того, який підписало управління.',
    'verify.bad-signature': 'Підпис не належить управлінню або текст змінено після підписання.',
    'verify.foreign': 'Підпис належить іншому сповіщенню або іншій ґміні.',
    'verify.unknown-key': 'Його підписано ключем, якого ґміна не оголошувала.',
    'verify.key-not-valid': 'Його підписано ключем, який на момент надсилання не був чинним.',
    'verify.unavailable': 'Зараз неможливо перевірити підпис. Спробуйте, коли буде з’єднання з інтернетом.',
    'verify.advice':
      'Перш ніж діяти, переконайтеся в управлінні ґміни: телефоном або на його сайті. Якщо є загроза життю, телефонуйте 112.',
    'verify.key': 'Ключ ґміни, яким його підписано: {key}.',
  },
};

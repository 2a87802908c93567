// Notifications of this browser: whether they are on, and how to mend it. Steps are lines of one entry.

export default {
  pl: {
    'receive.title': 'Powiadomienia',
    'receive.note':
      'Powiadomienie może się spóźnić albo nie pokazać: telefon jest wyłączony, poza zasięgiem albo śpi. Alert Online uzupełnia syreny i Alert RCB, nie zastępuje ich. W zagrożeniu życia dzwoń: 112.',
    'receive.on': 'Włącz powiadomienia',
    'receive.off': 'Wyłącz na tym urządzeniu',
    'receive.next': 'Dalej',
    'receive.again': 'Spróbuj ponownie',
    'receive.allow': 'Jak zezwolić na powiadomienia',
    'receive.allowed': 'Już zezwolono, sprawdź',
    'receive.state.starting': 'Sprawdzamy',
    'receive.state.starting.text': 'To trwa chwilę.',
    'receive.state.on': 'Powiadomienia są włączone',
    'receive.state.on.text': 'Gdy urząd wyśle alert dla jednego z Twoich adresów, ta przeglądarka pokaże powiadomienie.',
    'receive.state.off': 'Powiadomienia są wyłączone na tym urządzeniu',
    'receive.state.off.text': 'Tak zostało wybrane. Alerty można czytać w aplikacji.',
    'receive.state.default': 'Powiadomienia nie są jeszcze włączone',
    'receive.state.default.text':
      'Włącz je, a przeglądarka zapyta o zgodę. Dostaniesz tylko alerty dla swoich adresów, bez reklam. Zgodę można cofnąć w każdej chwili.',
    'receive.state.denied': 'Przeglądarka blokuje powiadomienia',
    'receive.state.denied.text': 'Odmówiono zgody. Aplikacja nie może zapytać drugi raz: zmień to w ustawieniach.',
    'receive.state.failed': 'Nie udało się włączyć powiadomień',
    'receive.state.failed.text': 'Przeglądarka pozwala na powiadomienia, ale nie udało się jej zarejestrować. Sprawdź internet i spróbuj ponownie.',
    'receive.state.offline': 'Brak połączenia z internetem',
    'receive.state.offline.text': 'Sprawdzimy powiadomienia, gdy wróci internet.',
    'receive.state.unsupported': 'Ta przeglądarka nie pokazuje powiadomień',
    'receive.state.unsupported.text': 'Otwórz Alert Online w aktualnej przeglądarce Chrome, Edge lub Firefox, nie w trybie prywatnym. Alerty można czytać także tutaj.',
    'receive.state.needs-home-screen': 'Dodaj aplikację do ekranu początkowego',
    'receive.state.needs-home-screen.text': 'iPhone i iPad pokazują powiadomienia tylko aplikacji z ekranu początkowego.',
    'receive.banner.title': 'Powiadomienia są wyłączone',
    'receive.banner.default': 'To urządzenie nie powie o nowym alercie.',
    'receive.banner.default.link': 'Włącz powiadomienia',
    'receive.banner.denied': 'Przeglądarka je blokuje. To urządzenie nie powie o nowym alercie.',
    'receive.banner.denied.link': 'Zobacz, jak je odblokować',
    'receive.banner.failed': 'Nie udało się zarejestrować tego urządzenia.',
    'receive.banner.failed.link': 'Zobacz, co zrobić',
    'receive.banner.unsupported': 'Ta przeglądarka nie pokazuje powiadomień.',
    'receive.banner.unsupported.link': 'Zobacz, co zrobić',
    'receive.banner.needs-home-screen': 'Na iPhonie i iPadzie trzeba dodać aplikację do ekranu początkowego.',
    'receive.banner.needs-home-screen.link': 'Zobacz, jak to zrobić',
    'receive.trial': 'Sprawdź, czy je widać',
    'receive.trial.explained': 'Pokażemy powiadomienie na próbę. Nic nie zostanie wysłane.',
    'receive.trial.show': 'Pokaż powiadomienie na próbę',
    'receive.trial.title': 'Próba: powiadomienia działają',
    'receive.trial.body': 'Tak pokażemy alert z Twojej gminy.',
    'receive.trial.seen': 'Czy widać powiadomienie na próbę?',
    'receive.trial.yes': 'Tak, widać',
    'receive.trial.no': 'Nie widać',
    'receive.trial.good': 'Dobrze. Ta przeglądarka pokazuje powiadomienia.',
    'receive.trial.bad': 'Przeglądarka na nie pozwala, więc zatrzymuje je system:',
    'receive.steps.home-screen':
      'Otwórz tę stronę w Safari.\nDotknij przycisku Udostępnij (kwadrat ze strzałką w górę).\nWybierz Do ekranu początkowego i Dodaj.\nOtwórz Alert Online z ekranu początkowego i włącz powiadomienia.',
    'receive.steps.ios': 'Otwórz Ustawienia telefonu.\nWybierz Powiadomienia, potem Alert Online.\nWłącz Zezwalaj na powiadomienia.\nWróć do tej strony.',
    'receive.steps.android.chrome':
      'Dotknij ikony po lewej stronie adresu strony. W aplikacji z ekranu głównego przytrzymaj jej ikonę i wybierz Informacje o aplikacji.\nWybierz Uprawnienia, potem Powiadomienia.\nZezwól na powiadomienia.\nWróć do tej strony.',
    'receive.steps.android.samsung':
      'Dotknij kłódki przy adresie strony.\nWybierz Uprawnienia, potem Powiadomienia.\nZezwól na powiadomienia.\nWróć do tej strony.',
    'receive.steps.android.firefox':
      'Dotknij kłódki przy adresie strony.\nDotknij Powiadomienia, aby zmienić Zablokowane na Dozwolone.\nWróć do tej strony.',
    'receive.steps.desktop.chrome':
      'Kliknij ikonę po lewej stronie adresu strony.\nPrzy Powiadomieniach wybierz Zezwalaj.\nOdśwież stronę.',
    'receive.steps.desktop.firefox':
      'Kliknij kłódkę przy adresie strony.\nUsuń blokadę przy Wysyłanie powiadomień.\nOdśwież stronę i włącz powiadomienia.',
    'receive.steps.desktop.safari':
      'Otwórz Ustawienia Safari, karta Witryny.\nWybierz Powiadomienia.\nPrzy tej stronie wybierz Pozwól.\nOdśwież stronę.',
    'receive.steps.system.android':
      'Otwórz Ustawienia telefonu, Powiadomienia.\nZnajdź przeglądarkę albo Alert Online i zezwól na powiadomienia.\nWyłącz Nie przeszkadzać.\nW ustawieniach baterii wyłącz oszczędzanie dla tej przeglądarki.',
    'receive.steps.system.ios':
      'Otwórz Ustawienia telefonu, Powiadomienia, Alert Online.\nWłącz Zezwalaj na powiadomienia, Ekran blokady i Banery.\nSprawdź, czy nie jest włączony tryb Skupienie.',
    'receive.steps.system.windows':
      'Otwórz Ustawienia, System, Powiadomienia.\nWłącz powiadomienia i znajdź na liście przeglądarkę.\nWyłącz Nie przeszkadzać.',
    'receive.steps.system.mac':
      'Otwórz Ustawienia systemowe, Powiadomienia.\nZnajdź przeglądarkę i włącz Pozwalaj na powiadomienia.\nSprawdź, czy nie jest włączony tryb Skupienie.',
    'receive.steps.system.other':
      'Otwórz ustawienia powiadomień systemu.\nZezwól na powiadomienia przeglądarki.\nWyłącz tryb Nie przeszkadzać.',
  },
  en: {
    'receive.title': 'Notifications',
    'receive.note':
      'A notification may come late or not at all: the phone is off, out of reach or asleep. Alert Online supplements sirens and the national RCB alert and does not replace them. If life is in danger, call 112.',
    'receive.on': 'Turn notifications on',
    'receive.off': 'Turn off on this device',
    'receive.next': 'Continue',
    'receive.again': 'Try again',
    'receive.allow': 'How to allow notifications',
    'receive.allowed': 'I have allowed them, check',
    'receive.state.starting': 'Checking',
    'receive.state.starting.text': 'This takes a moment.',
    'receive.state.on': 'Notifications are on',
    'receive.state.on.text': 'When the office sends an alert for one of your addresses, this browser shows a notification.',
    'receive.state.off': 'Notifications are off on this device',
    'receive.state.off.text': 'This is what was chosen. Alerts can be read in the app.',
    'receive.state.default': 'Notifications are not on yet',
    'receive.state.default.text':
      'Turn them on, and the browser will ask for permission. You get alerts for your addresses only, no advertising. You can withdraw the permission at any time.',
    'receive.state.denied': 'The browser blocks notifications',
    'receive.state.denied.text': 'Permission was refused. The app cannot ask twice: change it in the settings.',
    'receive.state.failed': 'Notifications could not be turned on',
    'receive.state.failed.text': 'The browser allows notifications, but it could not be registered. Check the internet connection and try again.',
    'receive.state.offline': 'No internet connection',
    'receive.state.offline.text': 'Notifications will be checked when the internet is back.',
    'receive.state.unsupported': 'This browser shows no notifications',
    'receive.state.unsupported.text': 'Open Alert Online in a current Chrome, Edge or Firefox, not in a private window. Alerts can be read here too.',
    'receive.state.needs-home-screen': 'Add the app to the home screen',
    'receive.state.needs-home-screen.text': 'iPhone and iPad show notifications only of apps on the home screen.',
    'receive.banner.title': 'Notifications are off',
    'receive.banner.default': 'This device will not tell you of a new alert.',
    'receive.banner.default.link': 'Turn notifications on',
    'receive.banner.denied': 'The browser blocks them. This device will not tell you of a new alert.',
    'receive.banner.denied.link': 'See how to allow them',
    'receive.banner.failed': 'This device could not be registered.',
    'receive.banner.failed.link': 'See what to do',
    'receive.banner.unsupported': 'This browser shows no notifications.',
    'receive.banner.unsupported.link': 'See what to do',
    'receive.banner.needs-home-screen': 'On iPhone and iPad the app has to be on the home screen.',
    'receive.banner.needs-home-screen.link': 'See how to do it',
    'receive.trial': 'Check that you can see them',
    'receive.trial.explained': 'We will show a trial notification. Nothing is sent.',
    'receive.trial.show': 'Show a trial notification',
    'receive.trial.title': 'Trial: notifications work',
    'receive.trial.body': 'This is how an alert from your municipality is shown.',
    'receive.trial.seen': 'Can you see the trial notification?',
    'receive.trial.yes': 'Yes, I can',
    'receive.trial.no': 'No, I cannot',
    'receive.trial.good': 'Good. This browser shows notifications.',
    'receive.trial.bad': 'The browser allows them, so the system holds them back:',
    'receive.steps.home-screen':
      'Open this page in Safari.\nTap Share (a square with an arrow pointing up).\nChoose Add to Home Screen, then Add.\nOpen Alert Online from the home screen and turn notifications on.',
    'receive.steps.ios': 'Open the phone’s Settings.\nChoose Notifications, then Alert Online.\nTurn on Allow Notifications.\nCome back to this page.',
    'receive.steps.android.chrome':
      'Tap the icon to the left of the address. In the app from the home screen, hold its icon and choose App info.\nChoose Permissions, then Notifications.\nAllow notifications.\nCome back to this page.',
    'receive.steps.android.samsung':
      'Tap the padlock beside the address.\nChoose Permissions, then Notifications.\nAllow notifications.\nCome back to this page.',
    'receive.steps.android.firefox':
      'Tap the padlock beside the address.\nTap Notifications to change Blocked to Allowed.\nCome back to this page.',
    'receive.steps.desktop.chrome': 'Click the icon to the left of the address.\nChoose Allow for Notifications.\nReload the page.',
    'receive.steps.desktop.firefox':
      'Click the padlock beside the address.\nRemove the block at Send notifications.\nReload the page and turn notifications on.',
    'receive.steps.desktop.safari':
      'Open Safari’s Settings, tab Websites.\nChoose Notifications.\nChoose Allow for this site.\nReload the page.',
    'receive.steps.system.android':
      'Open the phone’s Settings, Notifications.\nFind the browser or Alert Online and allow notifications.\nTurn off Do not disturb.\nIn the battery settings, turn off saving for this browser.',
    'receive.steps.system.ios':
      'Open the phone’s Settings, Notifications, Alert Online.\nTurn on Allow Notifications, Lock Screen and Banners.\nCheck that no Focus is on.',
    'receive.steps.system.windows':
      'Open Settings, System, Notifications.\nTurn notifications on and find the browser in the list.\nTurn off Do not disturb.',
    'receive.steps.system.mac':
      'Open System Settings, Notifications.\nFind the browser and turn on Allow notifications.\nCheck that no Focus is on.',
    'receive.steps.system.other':
      'Open the notification settings of the system.\nAllow the browser’s notifications.\nTurn off Do not disturb.',
  },
  uk: {
    'receive.title': 'Повідомлення',
    'receive.note':
      'Повідомлення може запізнитися або не зʼявитися: телефон вимкнено, він поза мережею або спить. Alert Online доповнює сирени й Alert RCB і не замінює їх. Якщо є загроза життю, телефонуйте 112.',
    'receive.on': 'Увімкнути повідомлення',
    'receive.off': 'Вимкнути на цьому пристрої',
    'receive.next': 'Далі',
    'receive.again': 'Спробувати ще раз',
    'receive.allow': 'Як дозволити повідомлення',
    'receive.allowed': 'Уже дозволено, перевірити',
    'receive.state.starting': 'Перевіряємо',
    'receive.state.starting.text': 'Це триває мить.',
    'receive.state.on': 'Повідомлення ввімкнено',
    'receive.state.on.text': 'Коли установа надішле сповіщення для однієї з ваших адрес, цей браузер покаже повідомлення.',
    'receive.state.off': 'Повідомлення вимкнено на цьому пристрої',
    'receive.state.off.text': 'Так було обрано. Сповіщення можна читати в застосунку.',
    'receive.state.default': 'Повідомлення ще не ввімкнено',
    'receive.state.default.text':
      'Увімкніть їх, і браузер запитає дозвіл. Ви отримуватимете лише сповіщення для своїх адрес, без реклами. Дозвіл можна відкликати будь-коли.',
    'receive.state.denied': 'Браузер блокує повідомлення',
    'receive.state.denied.text': 'У дозволі відмовлено. Застосунок не може запитати вдруге: змініть це в налаштуваннях.',
    'receive.state.failed': 'Не вдалося ввімкнути повідомлення',
    'receive.state.failed.text': 'Браузер дозволяє повідомлення, але його не вдалося зареєструвати. Перевірте інтернет і спробуйте ще раз.',
    'receive.state.offline': 'Немає зʼєднання з інтернетом',
    'receive.state.offline.text': 'Перевіримо повідомлення, коли зʼявиться інтернет.',
    'receive.state.unsupported': 'Цей браузер не показує повідомлень',
    'receive.state.unsupported.text': 'Відкрийте Alert Online в актуальному Chrome, Edge або Firefox, не в приватному вікні. Читати сповіщення можна й тут.',
    'receive.state.needs-home-screen': 'Додайте застосунок на початковий екран',
    'receive.state.needs-home-screen.text': 'iPhone та iPad показують повідомлення лише застосунків з початкового екрана.',
    'receive.banner.title': 'Повідомлення вимкнено',
    'receive.banner.default': 'Цей пристрій не повідомить про нове сповіщення.',
    'receive.banner.default.link': 'Увімкнути повідомлення',
    'receive.banner.denied': 'Браузер їх блокує. Цей пристрій не повідомить про нове сповіщення.',
    'receive.banner.denied.link': 'Як їх дозволити',
    'receive.banner.failed': 'Цей пристрій не вдалося зареєструвати.',
    'receive.banner.failed.link': 'Що зробити',
    'receive.banner.unsupported': 'Цей браузер не показує повідомлень.',
    'receive.banner.unsupported.link': 'Що зробити',
    'receive.banner.needs-home-screen': 'На iPhone та iPad застосунок треба додати на початковий екран.',
    'receive.banner.needs-home-screen.link': 'Як це зробити',
    'receive.trial': 'Перевірте, чи їх видно',
    'receive.trial.explained': 'Ми покажемо пробне повідомлення. Нічого не буде надіслано.',
    'receive.trial.show': 'Показати пробне повідомлення',
    'receive.trial.title': 'Проба: повідомлення працюють',
    'receive.trial.body': 'Так ми покажемо сповіщення від вашої гміни.',
    'receive.trial.seen': 'Чи видно пробне повідомлення?',
    'receive.trial.yes': 'Так, видно',
    'receive.trial.no': 'Не видно',
    'receive.trial.good': 'Добре. Цей браузер показує повідомлення.',
    'receive.trial.bad': 'Браузер їх дозволяє, тож їх затримує система:',
    'receive.steps.home-screen':
      'Відкрийте цю сторінку в Safari.\nТоркніться кнопки «Поділитися» (квадрат зі стрілкою вгору).\nВиберіть «На початковий екран» і «Додати».\nВідкрийте Alert Online з початкового екрана й увімкніть повідомлення.',
    'receive.steps.ios': 'Відкрийте Налаштування телефону.\nВиберіть «Сповіщення», потім Alert Online.\nУвімкніть «Дозволити сповіщення».\nПоверніться на цю сторінку.',
    'receive.steps.android.chrome':
      'Торкніться значка ліворуч від адреси. У застосунку з головного екрана утримуйте його значок і виберіть «Про застосунок».\nВиберіть «Дозволи», потім «Сповіщення».\nДозвольте сповіщення.\nПоверніться на цю сторінку.',
    'receive.steps.android.samsung':
      'Торкніться замка біля адреси.\nВиберіть «Дозволи», потім «Сповіщення».\nДозвольте сповіщення.\nПоверніться на цю сторінку.',
    'receive.steps.android.firefox':
      'Торкніться замка біля адреси.\nТоркніться «Сповіщення», щоб змінити «Заблоковано» на «Дозволено».\nПоверніться на цю сторінку.',
    'receive.steps.desktop.chrome': 'Натисніть значок ліворуч від адреси.\nБіля «Сповіщення» виберіть «Дозволити».\nОновіть сторінку.',
    'receive.steps.desktop.firefox':
      'Натисніть замок біля адреси.\nПриберіть блокування біля «Надсилати сповіщення».\nОновіть сторінку й увімкніть повідомлення.',
    'receive.steps.desktop.safari':
      'Відкрийте налаштування Safari, вкладка «Сайти».\nВиберіть «Сповіщення».\nБіля цього сайту виберіть «Дозволити».\nОновіть сторінку.',
    'receive.steps.system.android':
      'Відкрийте Налаштування телефону, «Сповіщення».\nЗнайдіть браузер або Alert Online і дозвольте сповіщення.\nВимкніть режим «Не турбувати».\nУ налаштуваннях батареї вимкніть заощадження для цього браузера.',
    'receive.steps.system.ios':
      'Відкрийте Налаштування телефону, «Сповіщення», Alert Online.\nУвімкніть «Дозволити сповіщення», «Замкнений екран» і «Банери».\nПеревірте, чи не ввімкнено режим «Фокус».',
    'receive.steps.system.windows':
      'Відкрийте Налаштування, «Система», «Сповіщення».\nУвімкніть сповіщення й знайдіть у списку браузер.\nВимкніть режим «Не турбувати».',
    'receive.steps.system.mac':
      'Відкрийте Системні налаштування, «Сповіщення».\nЗнайдіть браузер і дозвольте сповіщення.\nПеревірте, чи не ввімкнено режим «Фокус».',
    'receive.steps.system.other':
      'Відкрийте налаштування сповіщень системи.\nДозвольте сповіщення браузера.\nВимкніть режим «Не турбувати».',
  },
};

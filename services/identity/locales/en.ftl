# The pages on which people log in. Short sentences, what to do comes first.

site-name = Berlin appointments
languages = Language
error-prefix = Error:
banner-official = Official website of authorities in Berlin
banner-demonstration = Demonstration: not an authority's website, all people and appointments are made up
cancel = Cancel
back = Back
to-portal = To the start page for appointments

choice-title = How do you want to log in?
choice-intro = An appointment belongs to one person. That is why we need to know who you are. It does not matter which way you choose: to us you are always the same person.
choice-intro-substantial = An appointment belongs to one person. That is why we need to know who you are. Here you need the online ID card or an ELSTER certificate, your file from the tax office. A user name and password are not enough.
choice-intro-high = An appointment belongs to one person. That is why we need to know who you are. Here you need the online ID: identity card, eID card or electronic residence permit, with its PIN. ELSTER or a user name is not enough.
ways-substantial = With online ID card or ELSTER
ways-high = With online ID card
choice-none = You have none of these? Call, or go to the office: you get an appointment there under the same conditions.

allow-title = { $program } wants to book for you
allow-intro = When you log in here, { $program } can act for you for { $minutes } minutes. It can see, book, move and cancel your appointments. It learns your name and your date of birth. If you do not want this, choose “Cancel”.

failure-title = You are not logged in
wrong-link = This link is not valid.
    .do = Please start again on the page where you book appointments.
no-page = There is no such page
    .what = The address is wrong, or the page has moved.
    .do = Please start again on the page where you book appointments.
no-cookies = Your browser does not accept our cookie.
    .do = Please allow cookies for this website in your browser's settings and start the login again. We need them only for logging in. Or call 115.
cookies-again = Do you see this again? Then please allow cookies for this website in your browser’s settings. We need them only for logging in.
expired = This login has expired or was started in another browser.
    .do = Please start the login again.
cancelled = The login was cancelled.
    .do = You can try again or choose another way.
online-id-needed = This step needs the online ID.
    .do = Please log in with the online ID: identity card, eID card or electronic residence permit, with its PIN. If you do not have it, the office helps you at the desk or by phone at 115.
level-too-low = This login is not enough for this step.
    .do = Please log in with your online ID card or with ELSTER, your file from the tax office. If you have neither, the office helps you at the desk or by phone at 115.
incomplete = The login did not give us all the details that we need.
    .do = Please choose another way, for example your online ID card. Or call 115.
no-role = You cannot work here with this account.
    .do = Please ask at your office who grants roles there.
too-old = You logged in too long ago.
    .do = Please log in again.
provider-away = The login service does not answer properly at the moment.
    .do = Please try again in a few minutes or choose another way.
answer-refused = The login service sent an answer that we cannot trust. For your safety we did not accept it.
    .do = Please start the login again. If it happens again, call 115.
our-fault = Something went wrong on our side.
    .do = Please try again in a few minutes.

goodbye-title = You are logged out
goodbye-text = You can close this window.
goodbye-nobody = Nobody was logged in here
goodbye-nobody-text = Would you like to log out of the portal? Go back and press “Log out” there.

# In the demonstration only

simulation-note = This is a simulation with invented people. Choose whose card you hold to the phone.
online-id = Online ID card
new-online-id = New online ID card
elster = ELSTER certificate
password = User name and password

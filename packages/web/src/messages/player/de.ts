/** Holds what players and visitors read, in German. */
import type { Translation } from "../Template.ts"
import type { playerEn } from "./en.ts"

/** Says du, as players do. */
export const playerDe: Translation<typeof playerEn> = {
  "skip": "Zum Inhalt springen",
  "nav.label": "Hauptmenü",
  "nav.home": "Start",
  "nav.dashboard": "Übersicht",
  "nav.wallet": "Wallet",
  "nav.payouts": "Auszahlungen",
  "nav.earnings": "Verdienst",
  "nav.account": "Konto",
  "nav.help": "Hilfe",
  "nav.admin": "Verwaltung",
  "signIn": "Mit Discord anmelden",
  "signOut": "Abmelden",
  "signedInAs": "Angemeldet als {name}",
  "banner.label": "Über diese Installation",
  "banner.dryRun": "Probelauf: Alles läuft wie sonst, aber keine Auszahlung wird verschickt.",
  "banner.sandbox": "Sandkasten: Diese Dienste sind hier nachgestellt: {names}.",
  "footer.org": "Ein Programm von {org}.",
  "footer.mediaKit": "Pressematerial",
  "footer.discord": "Discord-Server",
  "title.error": "Fehler: {title}",
  "required": "Pflichtfeld",
  "paging.label": "Seiten",
  "paging.older": "Ältere Einträge",
  "paging.newest": "Zurück zu den neuesten",
  "filter.submit": "Anzeigen",
  "filter.any": "Alle",
  "never": "nie",
  "unknown": "nicht bekannt",
  "none": "keine",
  "problem.title": "Das hat nicht geklappt",
  "learnMore": "Was das bedeutet und was zu tun ist",

  "notice.SignedOut": "Du bist abgemeldet.",
  "notice.WalletLinked": "Deine Adresse ist gespeichert. Auszahlungen gehen ab jetzt dorthin.",
  "notice.WalletChanges": "Deine neue Adresse ist vorgemerkt. Sie gilt nach der unten genannten Wartezeit.",
  "notice.VerificationAsked":
    "Wir prüfen deine Mitgliedschaft und Epic-Verknüpfung noch einmal. Das dauert meist weniger als eine Minute.",
  "notice.AccountDeleted": "Dein Konto und was wir über dich wussten ist gelöscht.",
  "notice.SessionsEnded": "Alle anderen Geräte sind abgemeldet.",
  "notice.SecondFactorOn": "Dein zweiter Faktor ist eingerichtet.",
  "notice.SteppedUp": "Danke, dein zweiter Faktor ist für die nächsten Minuten bestätigt.",
  "notice.PayoutRetried": "Die Schuld dieser Auszahlung ist wieder eingereiht.",
  "notice.DecisionKept": "Deine Entscheidung ist festgehalten.",
  "notice.ConfigSaved": "Die neuen Einstellungen gelten.",
  "notice.JobStarted": "Der Auftrag läuft jetzt.",
  "notice.PayoutsStopped": "Es wird nichts ausgezahlt, bis jemand die Auszahlungen wieder aufnimmt.",
  "notice.PayoutsResumed": "Es wird wieder ausgezahlt.",

  "home.title": "Fortnite spielen, Banano verdienen",
  "home.lead": "Jede Eliminierung in Fortnite bringt dir {rate}. Ohne Einsatz, ohne Installation.",
  "home.toDashboard": "Zu deiner Übersicht",
  "home.how": "So geht es",
  "home.step1.title": "Anmelden",
  "home.step1.text": "Nimm dein Discord-Konto. Du musst Mitglied auf unserem Server sein.",
  "home.step2.title": "Epic verknüpfen",
  "home.step2.text": "Verknüpfe dein Epic-Konto auf dem Server über Yunite und lass deine Spielstatistik öffentlich.",
  "home.step3.title": "Adresse angeben",
  "home.step3.text": "Nenne uns deine Banano-Adresse. Ab dann musst du nur noch spielen.",
  "home.fine": "Das Kleingedruckte, groß gedruckt",
  "home.rate": "Für jede Eliminierung",
  "home.capsPayouts": "Auszahlungen höchstens",
  "home.capsPayouts.value":
    "{day} am Tag und {week} in der Woche. Der Rest wird für dich aufgehoben und später bezahlt.",
  "home.capsKills": "Bezahlte Eliminierungen höchstens",
  "home.capsKills.value": "{day} am Tag und {week} in der Woche. Der Rest wird für dich aufgehoben und später bezahlt.",
  "home.settlement": "Ausgezahlt wird",
  "home.settlement.value": { one: "jede Minute", other: "alle {count} Minuten" },
  "home.privacy": "Was wir lesen",
  "home.privacy.value":
    "Deine Discord-ID und deinen Namen, ob du auf dem Server bist, deine Epic-Verknüpfung, die Zahl deiner Eliminierungen und höchstens eine grobe Region. Keine E-Mail-Adresse.",

  "dashboard.title": "Übersicht",
  "dashboard.good": "Du verdienst",
  "dashboard.good.text": "Eliminierungen zählen, und dein Verdienst wird an deine Adresse ausgezahlt.",
  "dashboard.next": "Nächste Auszahlungsrunde: {time}.",
  "dashboard.balances": "Guthaben",
  "dashboard.earned": "Verdient, noch nicht bezahlt",
  "dashboard.underway": "Unterwegs zu dir",
  "dashboard.paid": "Bisher bezahlt",
  "dashboard.caps": "Deine Grenzen",
  "dashboard.day": "Heute",
  "dashboard.week": "Diese Woche",
  "dashboard.used.payouts": "{used} von {limit} Auszahlungen",
  "dashboard.used.kills": "{used} von {limit} Eliminierungen",
  "dashboard.resets": "Beginnt neu: {time}.",
  "dashboard.atCap": "Du hast die Grenze erreicht. Was du jetzt verdienst, wird aufgehoben und später bezahlt.",
  "dashboard.checks": "Deine Einrichtung",
  "dashboard.membership": "Discord-Server",
  "dashboard.membership.member": "Du bist Mitglied",
  "dashboard.membership.left": "Du bist kein Mitglied",
  "dashboard.membership.unknown": "Noch nicht geprüft",
  "dashboard.epic": "Epic-Konto",
  "dashboard.epic.linked": "Verknüpft: {name}",
  "dashboard.epic.linkedUnnamed": "Verknüpft",
  "dashboard.epic.not_linked": "Nicht verknüpft",
  "dashboard.epic.unknown": "Noch nicht geprüft",
  "dashboard.wallet": "Banano-Adresse",
  "dashboard.wallet.none": "Noch keine Adresse",
  "dashboard.wallet.change": "Ändern",
  "dashboard.wallet.give": "Adresse angeben",
  "dashboard.verified": "Letzte Prüfung",
  "dashboard.verified.ok": "in Ordnung, {time}",
  "dashboard.verified.mismatch": "etwas fehlt, {time}",
  "dashboard.verified.error": "kam nicht durch, {time}",
  "dashboard.reverify": "Jetzt neu prüfen",
  "dashboard.state.good": "in Ordnung",
  "dashboard.state.bad": "braucht dich",
  "dashboard.state.unclear": "offen",
  "dashboard.latest": "Neueste Auszahlungen",
  "dashboard.allPayouts": "Alle Auszahlungen",
  "dashboard.allEarnings": "Woher der Verdienst kommt",

  "wallet.title": "Banano-Adresse",
  "wallet.current": "Bezahlt wird an",
  "wallet.none": "Du hast noch keine Adresse angegeben. Die erste gilt sofort.",
  "wallet.pending.title": "Eine Änderung steht bevor",
  "wallet.pending": "Ab {time} gehen Auszahlungen an {address}. Bis dahin wird an die alte Adresse gezahlt.",
  "wallet.pending.alarm":
    "Das warst nicht du? Melde auf der Seite „Konto“ alle anderen Geräte ab und gib deine alte Adresse noch einmal ein.",
  "wallet.form.first": "Adresse angeben",
  "wallet.form.change": "Adresse ändern",
  "wallet.field": "Banano-Adresse",
  "wallet.hint":
    "64 Zeichen, die mit ban_ beginnen. Kopiere sie aus deiner Wallet: Ein falscher Buchstabe wird abgelehnt.",
  "wallet.coolDown": {
    one: "Zu deiner Sicherheit gilt eine Änderung erst nach einer Stunde.",
    other: "Zu deiner Sicherheit gilt eine Änderung erst nach {count} Stunden."
  },
  "wallet.warning": "Nimm eine Wallet, deren Schlüssel du selbst hast. Eine Auszahlung lässt sich nicht zurückholen.",
  "wallet.submit": "Adresse speichern",
  "wallet.refused.Missing": "Gib deine Banano-Adresse ein.",
  "wallet.refused.Prefix": "Eine Banano-Adresse beginnt mit ban_. Hast du die Adresse einer anderen Währung kopiert?",
  "wallet.refused.Length": "Eine Banano-Adresse hat 64 Zeichen. Kopiere sie ganz, ohne etwas davor oder danach.",
  "wallet.refused.Case":
    "Eine Banano-Adresse besteht aus Kleinbuchstaben. Kopiere sie aus deiner Wallet, statt sie abzutippen.",
  "wallet.refused.Letter":
    "Darin ist ein Zeichen, das in keiner Banano-Adresse vorkommt. Kopiere sie noch einmal aus deiner Wallet.",
  "wallet.refused.Key": "Diese Adresse kann es nicht geben. Kopiere sie noch einmal aus deiner Wallet.",
  "wallet.refused.Checksum":
    "Ein Buchstabe ist falsch, oder zwei sind vertauscht. Kopiere die Adresse noch einmal aus deiner Wallet.",
  "wallet.refused.BurnAddress": "Was an diese Adresse geht, ist vernichtet. Gib eine eigene Adresse ein.",
  "wallet.refused.OperatorAddress": "Von dieser Adresse zahlen wir aus. Gib eine eigene Adresse ein.",
  "wallet.refused.AddressOfAnother":
    "Diese Adresse gehört hier schon jemand anderem. Jeder braucht eine eigene: Lege in deiner Wallet eine neue an.",
  "wallet.refused.TooManyChanges": "Du hast heute schon viele Adressen angegeben. Versuche es morgen wieder.",

  "payouts.title": "Auszahlungen",
  "payouts.lead":
    "Alles, was an dich ging, das Neueste zuerst. Eine Auszahlung ist endgültig, sobald das Netz sie bestätigt hat.",
  "payouts.empty": "Noch keine Auszahlungen. Die erste folgt in der nächsten Runde, nachdem du etwas verdient hast.",
  "payouts.caption": "Auszahlungen",
  "payouts.status": "Stand",
  "payouts.when": "Erstellt",
  "payouts.amount": "Betrag",
  "payouts.payee": "Bezahlt an",
  "payouts.block": "Block",
  "payouts.explorer": "Block ansehen",
  "payouts.practice": "Probe",
  "payout.queued": "wartet",
  "payout.signed": "wird verschickt",
  "payout.sent": "verschickt, noch nicht bestätigt",
  "payout.unknown": "wird geprüft",
  "payout.confirmed": "bezahlt",
  "payout.failed": "gescheitert, kommt wieder",
  "payout.simulated": "Probe, nicht verschickt",

  "earnings.title": "Verdienst",
  "earnings.lead": "Jede Ablesung deiner Statistik, die neue Eliminierungen zeigte, die neueste zuerst.",
  "earnings.empty":
    "Noch nichts verdient. Wir lesen deine Statistik alle paar Minuten: Spiel eine Runde und schau wieder vorbei.",
  "earnings.caption": "Verdienst",
  "earnings.when": "Abgelesen",
  "earnings.kills": "Eliminierungen",
  "earnings.rate": "Für jede",
  "earnings.amount": "Verdient",
  "earnings.state": "Stand",
  "accrual.open": "wartet auf Auszahlung",
  "accrual.in_payout": "in einer Auszahlung",
  "accrual.paid": "bezahlt",

  "help.title": "Hilfe",
  "help.lead": "Etwas zählt nicht oder wird nicht bezahlt? Hier steht jeder Grund, und was zu tun ist.",
  "help.all": "Alle Themen",
  "help.todo": "Was zu tun ist",
  "help.join": "Zum Discord-Server",
  "help.enrol": "Zweiten Faktor einrichten",
  "help.contact": "Du kommst nicht weiter? Frag auf unserem Discord-Server.",
  "help.not-member.title": "Du bist nicht auf dem Discord-Server",
  "help.not-member.means":
    "Verdienst und Auszahlungen sind für Mitglieder unseres Servers. Was du verdient hast, bleibt dein.",
  "help.not-member.steps":
    "Tritt dem Server mit dem Discord-Konto bei, mit dem du dich hier anmeldest.\nNimm die Regeln des Servers an, wenn er danach fragt.\nWähle „Jetzt neu prüfen“.",
  "help.not-linked.title": "Dein Epic-Konto ist nicht verknüpft",
  "help.not-linked.means":
    "Wir finden deine Eliminierungen über das Epic-Konto, das du auf dem Server mit Yunite verknüpfst.",
  "help.not-linked.steps":
    "Öffne auf unserem Discord-Server den Kanal zum Verknüpfen.\nFolge Yunite und melde dich bei Epic Games an.\nWähle „Jetzt neu prüfen“.",
  "help.verification-stale.title": "Wir konnten in letzter Zeit nicht prüfen",
  "help.verification-stale.means":
    "Mitgliedschaft und Epic-Verknüpfung werden immer wieder geprüft. Die letzte Prüfung ist zu alt, um danach zu bezahlen, meist weil Discord oder Yunite nicht geantwortet hat.",
  "help.verification-stale.steps":
    "Wähle „Jetzt neu prüfen“.\nWenn sich nichts ändert, versuch es in einer Viertelstunde wieder. Verloren geht inzwischen nichts.",
  "help.stats-private.title": "Deine Statistik ist privat",
  "help.stats-private.means":
    "Fortnite zeigt uns deine Eliminierungen nicht. Solange sie privat ist, kann nichts gebucht werden.",
  "help.stats-private.steps":
    "Öffne Fortnite, dann „Einstellungen“, „Konto und Privatsphäre“.\nSchalte „Öffentliche Spielstatistik“ ein.\nSpiel eine Runde: Wir sehen von selbst wieder nach.",
  "help.baseline-unknown.title": "Deine erste Ablesung steht noch aus",
  "help.baseline-unknown.means":
    "Wir müssen deine Eliminierungen einmal lesen, damit nur die ab jetzt zählen. Das hat noch nicht geklappt.",
  "help.baseline-unknown.steps":
    "Spiel ein Match, wenn das Epic-Konto neu ist.\nAchte darauf, dass deine Spielstatistik öffentlich ist.\nWarte ein paar Minuten: Wir versuchen es von selbst wieder.",
  "help.no-wallet.title": "Du hast keine Adresse angegeben",
  "help.no-wallet.means": "Ohne Banano-Adresse zählt noch nichts, denn wir könnten dich nicht bezahlen.",
  "help.no-wallet.steps":
    "Lege eine Banano-Wallet an, wenn du keine hast.\nGib ihre Adresse auf der Seite „Wallet“ ein.",
  "help.held.title": "Deine Auszahlungen warten auf eine Prüfung",
  "help.held.means":
    "Ab und zu sehen wir ein Konto von Hand an, bevor wir auszahlen. Das sagt nichts darüber, wie du spielst. Du verdienst weiter, und nichts geht verloren.",
  "help.held.steps":
    "Du musst nichts tun.\nNach der Prüfung wird alles, was sich angesammelt hat, in deinen Grenzen bezahlt.",
  "help.stopped.title": "Dieses Konto wird nicht mehr bezahlt",
  "help.stopped.means": "Nach einer Prüfung von Hand haben wir Verdienst und Auszahlungen für dieses Konto beendet.",
  "help.stopped.steps":
    "Wenn du das für einen Irrtum hältst, schreib uns auf unserem Discord-Server. Dann sieht es sich jemand anderes noch einmal an.",
  "help.sign-in-denied.title": "Discord hat dich nicht hereingelassen",
  "help.sign-in-denied.means": "Du hast abgelehnt, oder Discord hat es. Wir haben nichts über dich erfahren.",
  "help.sign-in-denied.steps": "Melde dich noch einmal an und wähle bei Discord „Autorisieren“.",
  "help.sign-in-expired.title": "Dieser Anmeldeversuch gilt nicht mehr",
  "help.sign-in-expired.means":
    "Eine Anmeldung muss binnen zehn Minuten enden, in dem Browser, in dem sie begann, und nur einmal. Das schützt dich vor Links von anderen.",
  "help.sign-in-expired.steps": "Fang hier noch einmal an, in diesem Browser.\nErlaube Cookies für diese Seite.",
  "help.sign-in-unavailable.title": "Discord antwortet nicht",
  "help.sign-in-unavailable.means":
    "Wir konnten deine Anmeldung nicht abschließen, weil Discord nicht so geantwortet hat, wie es sollte.",
  "help.sign-in-unavailable.steps": "Versuch es in ein paar Minuten wieder.",
  "help.second-factor.title": "Das braucht deinen zweiten Faktor",
  "help.second-factor.means":
    "Wer Geld bewegen oder über Spieler entscheiden darf, bestätigt das mit einem Code aus einer App.",
  "help.second-factor.steps":
    "Richte den zweiten Faktor einmal ein.\nBestätige mit einem Code, sooft du danach gefragt wirst.",

  "account.title": "Konto",
  "account.export": "Eine Kopie deiner Daten",
  "account.export.text":
    "Alles, was wir über dich aufbewahren, in einer JSON-Datei: Konto, Prüfungen, Adressen, Verdienst und Auszahlungen.",
  "account.export.submit": "Meine Daten herunterladen",
  "account.sessions": "Geräte",
  "account.sessions.none": "Du bist nur auf diesem Gerät angemeldet.",
  "account.sessions.some": {
    one: "Du bist auf einem anderen Gerät angemeldet.",
    other: "Du bist auf {count} anderen Geräten angemeldet."
  },
  "account.sessions.submit": "Alle anderen Geräte abmelden",
  "account.delete": "Konto löschen",
  "account.delete.text":
    "Das löscht deinen Namen, deine Discord- und Epic-Verknüpfung, deine Adressen und alle Prüfungen. Es lässt sich nicht rückgängig machen.",
  "account.delete.keeps": "Auszahlungen bleiben in unseren Büchern, ohne deinen Namen.",
  "account.delete.owed":
    "Du hast {amount}, die noch nicht bezahlt sind. Löschst du das Konto jetzt, sind sie verloren.",
  "account.delete.confirm": "Ja, mein Konto und alles darin löschen",
  "account.delete.unconfirmed": "Setze den Haken, um zu sagen, dass du sicher bist.",
  "account.delete.submit": "Mein Konto löschen",

  "error.400.title": "Das konnten wir nicht lesen",
  "error.400.text":
    "Was geschickt wurde, passt nicht, oder die Seite war zu lange offen. Geh zurück, lade sie neu und versuch es noch einmal.",
  "error.403.title": "Das darfst du nicht",
  "error.403.text":
    "Diese Seite ist nicht für dein Konto, oder das Formular war zu alt. Geh zurück, lade die Seite neu und versuch es noch einmal.",
  "error.404.title": "Hier ist nichts",
  "error.404.text": "In der Adresse ist ein Tippfehler, oder die Seite ist umgezogen.",
  "error.429.title": "Das war etwas schnell",
  "error.429.text": "Es kamen zu viele Anfragen auf einmal.",
  "error.429.wait": {
    one: "Versuch es in einer Sekunde wieder.",
    other: "Versuch es in {count} Sekunden wieder."
  },
  "error.500.title": "Bei uns ist etwas kaputt",
  "error.500.text":
    "Es liegt nicht an dir. Nichts wurde doppelt bezahlt oder gebucht. Versuch es in ein paar Minuten wieder.",
  "error.correlation": "Wenn du uns schreibst, nenne diese Anfrage: {id}",
  "error.home": "Zur Startseite"
}

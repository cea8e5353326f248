## ボットに挑戦：コマンド

command-beat = ボットに挑戦
    .description = 曲名を伏せた曲のジャンルを当てて、ボットと勝負します
command-beat-start = 開始
    .description = プレイリストの曲を、曲名を伏せて出題します
command-beat-scores = 得点表
    .description = ここで誰が何点取ったかを表示します

## ボットに挑戦：ラウンド

round-title = ボットに挑戦
round-question = この曲のジャンルは何でしょう？**{ $file }** を聴いて、ボタンを押してください。ラウンドの終了（{ $end }）までは変更でき、それまでは誰にも見えません。
round-guesses = { $count ->
    [0] まだ誰も答えていません。
   *[other] { $count }人が答えました。
}
round-you-guess = あなたの答えは**{ $genre }**です。変えるには別のボタンを押してください。ラウンドの終了：{ $end }。

## ボットに挑戦：結果

round-result-title = 正解は{ $genre }でした
round-track-gone = この曲は、その間にプレイリストから取り除かれました。
round-bot-right = 🤖 私の答えは**{ $genre }**（{ $share }）で、正解です。
round-bot-wrong = 🤖 私の答えは**{ $genre }**（{ $share }）で、不正解です。
round-settled = 🗳️ コミュニティの投票で**{ $genre }**に決まっているので、これが正解です。
round-votes = 🗳️ コミュニティの投票では決まっていないので、私の答えを正解とします。投票：{ $votes }
round-no-votes = 🗳️ まだ誰も投票していないので、私の答えを正解とします。
round-beat-title = ボットに勝った人
round-right-title = 私と同じく正解した人
round-winners = { $members } · { $points }点ずつ
round-others = ほか{ $count }人
round-hidden = { $count }人
round-nobody-right = 正解者はいませんでした。
round-nobody-guessed = 誰も答えませんでした。
round-guessed-title = みんなの答え
round-guess-count = { $genre }（{ $count }）

## ボットに挑戦：得点表

scores-title = ボットに挑戦：得点表
scores-none = まだ表示できる得点がありません。`/ボットに挑戦 開始` でラウンドを始められます。
scores-line = **{ $number }.** { $who } · **{ $points }点** · { $rounds } · 正解率{ $share }
scores-rounds = { $count }ラウンド
scores-more = { "…" }ほか{ $count }人
scores-rules = 正解は1点、私が間違えたときは2点です。

## プレイリスト全体を見る

command-playlist-fingerprint = ジャンル構成
    .description = ジャンルの移り変わりと、メンバーごとの内訳
command-playlist-map = マップ
    .description = 音の近さで曲を並べた地図
command-playlist-odd-one-out = 仲間外れ
    .description = ほかの曲に最も似ていない曲
command-playlist-smooth-order = なめらかな曲順
    .description = 大きな変化のない曲順
command-playlist-neighbours = 似た曲
    .description = ある曲に最も似ている曲

look-other = その他
look-share = { $genre } { $share }
look-count = { $genre } { $count }
look-no-genre = ジャンルなし
look-unheard = まだ聴いていない{ $count }曲は含まれていません。

fingerprint-title = { $name }のジャンル
fingerprint-all = { $count }曲：{ $shares }。
fingerprint-by-week = 週ごと（その週の月曜日の日付で表示）。
fingerprint-by-month = 月ごと。
fingerprint-by-year = 年ごと。
fingerprint-by-order = 追加された順に、同じ曲数ずつ。
fingerprint-first = 初めは主に{ $shares }。
fingerprint-lately = 最近は主に{ $shares }。
fingerprint-others = その他
fingerprint-member = { $who }：{ $count }曲、{ $shares }
fingerprint-over-time = 移り変わり
fingerprint-by-member = メンバーごと
fingerprint-uncounted = まだジャンルが決まっていないか、音楽ではない{ $count }曲は数えていません。
fingerprint-alt = 時間に沿った積み上げ縦棒と、メンバーごとの積み上げ横棒。

map-title = { $name }のマップ
map-about = { $count ->
    [1] 1曲。
   *[other] { $count }曲：近くにある曲ほど、音が似ています。
}
map-genres = ジャンル：{ $genres }。
map-together = 最もまとまっているもの：{ $genres }。
map-mixed = 最もほかに混ざっているもの：{ $genres }。
map-outliers = ほかのどれにも似ていない曲
map-outlier = **{ $number }** { $title }（{ $genre }）、近いのは{ $genres }
map-outlier-alt = { $title }（{ $genre }）はほかのどれにも似ていません。近いのは{ $genres }です。
map-no-outlier = 際立って違う曲はありません。
map-typical = そのジャンルらしい曲
map-typical-alt = そのジャンルらしい曲：{ $tracks }。
map-typical-track-alt = { $title }（{ $genre }）
map-typical-track = **{ $number }** { $title }（{ $genre }）

odd-title = { $name }の仲間外れ
odd-found = { $title }（{ $genre }）はほかのどれにも似ていません。最も似ている曲までの距離が、このプレイリストでの標準の{ $times }倍あります。最も似ている曲のジャンル：{ $genres }。
odd-none = 際立って違う曲はありません。ほかに最も似ていないのは{ $title }（{ $genre }）ですが、最も近い曲までの距離は標準の{ $times }倍で、変わっているとは言えません。

neighbours-title = { $title }に似た曲
neighbours-line = { $number }. { $title } · { $genre } · { $alike }
neighbours-line-tempo = { $number }. { $title } · { $genre } · { $tempo } BPM · { $alike }
neighbours-same = ほぼ同じ
neighbours-very = とても似ている
neighbours-somewhat = やや似ている
neighbours-hardly = ほとんど似ていない
neighbours-meaning = 「ほぼ同じ」は、1つの録音の2つの部分と同じくらいの近さです。「ほとんど似ていない」は、任意の2曲と同じくらいの遠さです。

order-title = { $name }の曲順
order-line = { $number }. { $title } · { $genre }
order-line-tempo = { $number }. { $title } · { $genre } · { $tempo } BPM
order-more = ほか{ $count }曲。すべてはファイルにあります。
order-gain = 曲が変わるとき、ジャンル、テンポ、エネルギー、音は、平均して最大の変化の{ $after }だけ変わります。追加された順では{ $before }です。
order-as-good = 追加された順は、見つけられるどの順番にも劣らずなめらかです。曲が変わるとき、ジャンル、テンポ、エネルギー、音は、平均して最大の変化の{ $after }だけ変わります。

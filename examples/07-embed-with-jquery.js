/* global jQuery */
// As an old portal's page script is written: one global, no module, no build.
jQuery(function ($) {
  var county = $('#county');
  var sent = [];

  // A real portal returns the token of its own login here. Not by .prop('token', …): jQuery would call the function itself.
  county[0].token = function () {
    var body = JSON.stringify({ county: 'huantai', id: 'huantai-author-1' });
    return $.post('/demo/token', body).then(function (answer) {
      return answer.token;
    });
  };
  county.on('mq-done', function (event) {
    sent.push(event.originalEvent.detail.id);
    $('#count').text(sent.length);
    $('#sent').text(sent.join('、'));
  });
  $('#language').on('click', function (event) {
    event.preventDefault();
    county.prop('language', county.prop('language') === 'en' ? 'zh' : 'en');
  });
});
